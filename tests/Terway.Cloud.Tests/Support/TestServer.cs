using System.Net;
using Microsoft.Extensions.Logging;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests;

/// <summary>An emulator behind HTTP and the real client in front of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    internal static readonly CloudCredential Key = new("LTAITestKey", "do-not-log-of-the-test-key");
    private readonly HttpClient _http = CloudHttp.CreateApiClient();
    private readonly CloudEmulatorServer _server;

    private TestServer(TestCloud cloud, CloudEmulatorServer server)
    {
        Cloud = cloud;
        _server = server;
    }

    internal TestCloud Cloud { get; }

    internal Uri Address => _server.BaseAddress;

    internal IEniApi Api => ApiWith(new StaticCredentialProvider(Key));

    internal AlibabaCloudOptions Options => new()
    {
        RegionId = Cloud.Emulator.Options.RegionId,
        EcsEndpoint = Address.AbsoluteUri,
        VpcEndpoint = Address.AbsoluteUri,
        Backoff = TestBackoff.Quick,
        TimeProvider = Cloud.Emulator.Options.TimeProvider,
    };

    internal static async Task<TestServer> StartAsync(CloudEmulatorOptions? options = null, string instanceType = "ecs.g7.large", string? role = null)
    {
        var cloud = await TestCloud.CreateAsync(options, instanceType, role);
        cloud.Emulator.AddAccessKey(Key);
        var server = await CloudEmulatorServer.StartAsync(cloud.Emulator, new CloudEmulatorServerOptions
        {
            ResolveInstance = _ => cloud.Instance,
        });
        return new TestServer(cloud, server);
    }

    internal IEniApi ApiWith(ICredentialProvider credentials, Func<AlibabaCloudOptions, AlibabaCloudOptions>? change = null, ILogger<AlibabaEniApi>? logger = null) =>
        new AlibabaEniApi(change is null ? Options : change(Options), credentials, _http, logger);

    internal InstanceMetadataClient Metadata(TimeProvider? time = null) => new(
        new InstanceMetadataOptions { BaseAddress = Address, TimeProvider = time ?? TimeProvider.System, RetryDelay = TimeSpan.FromMilliseconds(1) },
        _http);

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        change?.Invoke(request);
        return _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Cloud.Dispose();
    }
}
