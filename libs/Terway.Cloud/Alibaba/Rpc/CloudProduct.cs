namespace Terway.Cloud.Alibaba;

/// <summary>A product of the cloud: its name in endpoints and the version of its API.</summary>
internal sealed record CloudProduct(string Name, string Version)
{
    internal static CloudProduct Ecs { get; } = new("ecs", "2014-05-26");

    internal static CloudProduct Vpc { get; } = new("vpc", "2016-04-28");

    /// <summary>Where the product is called: the override, or the endpoint of region and network.</summary>
    internal Uri Endpoint(AlibabaCloudOptions options)
    {
        var given = this == Ecs ? options.EcsEndpoint : options.VpcEndpoint;
        if (string.IsNullOrEmpty(given))
            given = $"{Name}{(options.Network == EndpointNetwork.Vpc ? "-vpc" : "")}.{options.RegionId}.aliyuncs.com";
        var url = given.Contains("://", StringComparison.Ordinal) ? given : $"{(options.PlainHttp ? "http" : "https")}://{given}";
        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? new Uri(endpoint, "/")
            : throw new ArgumentException($"'{given}' is no endpoint: give host[:port] or a URL.", nameof(options));
    }
}
