using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Http;

public class ServerTests
{
    [Fact]
    public async Task Socket_that_was_opened_elsewhere_is_served()
    {
        using var cloud = await TestCloud.CreateAsync();
        cloud.Emulator.AddAccessKey(TestServer.Key);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var handle = (ulong)socket.SafeHandle.DangerousGetHandle();
        await using (await CloudEmulatorServer.StartAsync(cloud.Emulator, new CloudEmulatorServerOptions { ListenHandles = [handle] }))
        {
            socket.SafeHandle.SetHandleAsInvalid();
            using var http = CloudHttp.CreateApiClient();
            var api = new AlibabaEniApi(
                new AlibabaCloudOptions { RegionId = cloud.Emulator.Options.RegionId, EcsEndpoint = $"http://127.0.0.1:{port}" },
                new StaticCredentialProvider(TestServer.Key), http);

            (await api.ListNetworkInterfacesAsync(new())).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task Https_is_served_with_the_certificate_that_was_given()
    {
        using var cloud = await TestCloud.CreateAsync();
        cloud.Emulator.AddAccessKey(TestServer.Key);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ecs.test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = await CloudEmulatorServer.StartAsync(cloud.Emulator, new CloudEmulatorServerOptions { Certificate = certificate });
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() },
        });
        using var strict = CloudHttp.CreateApiClient();
        var options = new AlibabaCloudOptions { RegionId = cloud.Emulator.Options.RegionId, EcsEndpoint = server.BaseAddress.Authority, Backoff = BackoffTable.Once };

        (await new AlibabaEniApi(options, new StaticCredentialProvider(TestServer.Key), http).ListNetworkInterfacesAsync(new())).Should().ContainSingle();
        var failure = await Errors.OfAsync(() => new AlibabaEniApi(options, new StaticCredentialProvider(TestServer.Key), strict).ListNetworkInterfacesAsync(new()));
        failure.Code.Should().Be("Client.Transport", "an unknown certificate is not trusted");
    }

    [Fact]
    public async Task Metadata_knows_the_asking_instance_by_its_address()
    {
        using var cloud = await TestCloud.CreateAsync();
        var other = await cloud.AddInstanceAsync("ecs.g7.xlarge");
        await using var server = await CloudEmulatorServer.StartAsync(cloud.Emulator, new CloudEmulatorServerOptions
        {
            Endpoints = [new IPEndPoint(IPAddress.Any, 0)],
            ResolveInstance = peer => peer.Equals(IPAddress.Parse("127.0.0.2")) ? other : cloud.Instance,
        });
        var address = new Uri($"http://127.0.0.1:{server.BaseAddress.Port}/");

        (await InstanceFromAsync(address, "127.0.0.1")).Should().Be(cloud.Instance);
        (await InstanceFromAsync(address, "127.0.0.2")).Should().Be(other);
        var primary = cloud.Emulator.Interfaces.First(e => e.Attachment?.InstanceId == other);
        cloud.Emulator.FindInstance(primary.PrimaryIpAddress).Should().Be(other);
    }

    private static async Task<InstanceId> InstanceFromAsync(Uri address, string source)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { BaseAddress = address }, http);
        return (await metadata.GetInstanceAsync()).InstanceId;
    }
}
