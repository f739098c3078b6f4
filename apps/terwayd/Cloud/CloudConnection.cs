using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Cloud.Alibaba;
using Terwayd.CommandLine;
using Terwayd.Configuration;
using Terwayd.Hosting;

namespace Terwayd.Cloud;

/// <summary>The cloud as this instance reaches it: the metadata service tells the region, the region gives the endpoints.</summary>
internal sealed class CloudConnection : IDisposable
{
    private readonly List<IDisposable> _owned;

    private CloudConnection(IInstanceMetadata metadata, IEniApi api, InstanceIdentity instance, List<IDisposable> owned)
    {
        Metadata = metadata;
        Api = api;
        Instance = instance;
        _owned = owned;
    }

    internal IInstanceMetadata Metadata { get; }

    internal IEniApi Api { get; }

    internal InstanceIdentity Instance { get; }

    internal static async Task<CloudConnection> OpenAsync(
        TerwaydEnvironment environment, EniConfiguration configuration, TimeProvider time, ILoggerFactory logging, DaemonSeams seams,
        CancellationToken cancellationToken)
    {
        if (seams is { Metadata: { } metadata, Cloud: { } api })
            return new CloudConnection(metadata, api, await metadata.GetInstanceAsync(cancellationToken), []);

        var metadataHttp = CloudHttp.CreateMetadataClient();
        var client = new InstanceMetadataClient(MetadataOptions(environment, time), metadataHttp);
        var owned = new List<IDisposable> { client, metadataHttp };
        try
        {
            var instance = await client.GetInstanceAsync(cancellationToken);
            var apiHttp = CloudHttp.CreateApiClient();
            owned.Add(apiHttp);
            // A secret that cannot be read ends the start with its own code, not the first call.
            _ = StaticKeys.Find(environment.SecretDirectory, configuration);
            var credentials = new RefreshingCredentialProvider(
                CredentialSources.Chain(environment, configuration, client, instance.RegionId, apiHttp, time),
                new CredentialRefreshOptions { TimeProvider = time },
                logging.CreateLogger<RefreshingCredentialProvider>());
            owned.Insert(0, credentials);
            var options = ApiOptions(environment, configuration, instance.RegionId, time);
            return new CloudConnection(
                client, new AlibabaEniApi(options, credentials, apiHttp, logging.CreateLogger<AlibabaEniApi>()), instance, owned);
        }
        catch
        {
            owned.ForEach(o => o.Dispose());
            throw;
        }
    }

    public void Dispose() => _owned.ForEach(o => o.Dispose());

    private static InstanceMetadataOptions MetadataOptions(TerwaydEnvironment environment, TimeProvider time)
    {
        var options = new InstanceMetadataOptions { TimeProvider = time, TokenRequired = environment.MetadataTokenRequired };
        return environment.MetadataEndpoint is { } endpoint ? options with { BaseAddress = new Uri(endpoint) } : options;
    }

    private static AlibabaCloudOptions ApiOptions(
        TerwaydEnvironment environment, EniConfiguration configuration, RegionId region, TimeProvider time)
    {
        var limits = AlibabaCloudOptions.DefaultRateLimits.ToDictionary(StringComparer.Ordinal);
        foreach (var (action, perMinute) in configuration.RateLimits)
            limits[action] = perMinute;
        return new AlibabaCloudOptions
        {
            RegionId = region,
            Network = environment.PublicEndpoints ? EndpointNetwork.Public : EndpointNetwork.Vpc,
            PlainHttp = environment.PlainHttp,
            EcsEndpoint = environment.EcsEndpoint,
            VpcEndpoint = environment.VpcEndpoint,
            RateLimits = limits,
            Backoff = configuration.Backoff,
            Signature = environment.Signature,
            ExtraHeaders = environment.AscmContext is { } context ? new Dictionary<string, string> { ["x-acsproxy-ascm-context"] = context } : [],
            UserAgent = $"terwayd/{ProgramVersion.Text}",
            TimeProvider = time,
        };
    }
}
