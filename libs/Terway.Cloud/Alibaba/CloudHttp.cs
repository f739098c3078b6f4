namespace Terway.Cloud.Alibaba;

/// <summary>HTTP clients as the cloud wants them, for use without a container.</summary>
public static class CloudHttp
{
    /// <summary>Connections are renewed after this time, so that a changed DNS answer is seen.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A client for <see cref="AlibabaEniApi"/>; the caller disposes it.</summary>
    public static HttpClient CreateApiClient() => CreateClient(useProxy: true);

    /// <summary>A client for <see cref="InstanceMetadataClient"/>, which never goes through a proxy; the caller disposes it.</summary>
    public static HttpClient CreateMetadataClient() => CreateClient(useProxy: false);

    internal static SocketsHttpHandler CreateHandler(bool useProxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    private static HttpClient CreateClient(bool useProxy) => new(CreateHandler(useProxy)) { Timeout = Timeout.InfiniteTimeSpan };
}
