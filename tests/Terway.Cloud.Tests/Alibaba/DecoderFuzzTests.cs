using System.Net;
using System.Text;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Alibaba;

/// <summary>Whatever bytes come back, a call ends with a value or a <see cref="CloudApiException"/>.</summary>
public class DecoderFuzzTests
{
    private static readonly string[] Fragments =
    [
        "null", "true", "1", "-1", "1e999", "\"\"", "\"x\"", "[]", "{}", "[null]", "\"\\ud800\"", "\"10.0.0.1\"", "\"10.0.0.0/33\"", "\"00:16:3e\"",
        "{\"PrivateIpSet\":[null]}", "{\"Tag\":[{}]}", "99999999999999999999",
    ];

    [Fact]
    public async Task Random_bodies_give_a_value_or_the_clouds_exception()
    {
        var bodies = await RealBodiesAsync();
        var random = new Random(20260101);
        var outcomes = new Dictionary<string, int>();
        var current = Array.Empty<byte>();
        var status = HttpStatusCode.OK;
        using var http = new HttpClient(new StubHandler((_, _) => new HttpResponseMessage(status) { Content = new ByteArrayContent(current) }));
        var api = RetryTests.Api(http, o => o with { Backoff = BackoffTable.Once, RateLimits = new Dictionary<string, int>(), DefaultRateLimit = 10_000_000 });

        for (var i = 0; i < 6_000; i++)
        {
            current = Spoil(bodies[random.Next(bodies.Count)], random);
            status = random.Next(4) == 0 ? (HttpStatusCode)random.Next(400, 600) : HttpStatusCode.OK;
            var outcome = await OutcomeAsync(api, random.Next(10));
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        outcomes.Should().ContainKeys("value", "Client.InvalidResponse");
        outcomes.Keys.Should().Contain(k => k.StartsWith("Http", StringComparison.Ordinal));
    }

    /// <summary>Lets any other exception through, which fails the test with its stack.</summary>
    private static async Task<string> OutcomeAsync(IEniApi api, int action)
    {
        try
        {
            await CallAsync(api, action);
            return "value";
        }
        catch (CloudApiException failure)
        {
            failure.Message.Should().NotBeEmpty();
            return failure.Code;
        }
    }

    private static Task CallAsync(IEniApi api, int action) => action switch
    {
        0 => api.CreateNetworkInterfaceAsync(new() { VSwitchId = new("vsw-1"), SecurityGroupIds = [new("sg-1")] }),
        1 => api.AttachNetworkInterfaceAsync(new(new("eni-1"), new("i-1"))),
        2 => api.ListNetworkInterfacesAsync(new()),
        3 => api.AssignPrivateIpAddressesAsync(new() { EniId = new("eni-1"), Count = 1 }),
        4 => api.AssignIpv6AddressesAsync(new() { EniId = new("eni-1"), Count = 1 }),
        5 => api.FindVSwitchAsync(new("vsw-1")),
        6 => api.FindInstanceTypeAsync(new("ecs.g7.large")),
        7 => FirstAsync(api.DescribeInstancesAsync(new())),
        8 => FirstAsync(api.DescribeSecurityGroupsAsync(new())),
        _ => api.UnassignPrivateIpAddressesAsync(new() { EniId = new("eni-1"), Addresses = [IPAddress.Loopback] }),
    };

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items)
            return;
    }

    private static byte[] Spoil(byte[] body, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var noise = new byte[random.Next(64)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return body[..random.Next(body.Length)];
            case 2:
                var flipped = (byte[])body.Clone();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 3:
                return body;
            default:
                return ReplaceValue(Encoding.UTF8.GetString(body), random);
        }
    }

    /// <summary>Puts a foreign value behind one of the names.</summary>
    private static byte[] ReplaceValue(string json, Random random)
    {
        var colons = Enumerable.Range(0, json.Length).Where(i => json[i] == ':' && i > 0 && json[i - 1] == '"').ToList();
        var at = colons[random.Next(colons.Count)] + 1;
        var end = json.IndexOfAny([',', '}', ']'], at);
        return Encoding.UTF8.GetBytes(json[..at] + Fragments[random.Next(Fragments.Length)] + json[end..]);
    }

    private static async Task<List<byte[]>> RealBodiesAsync()
    {
        var bodies = new List<byte[]>();
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient(new KeepingHandler(bodies));
        var api = new Terway.Cloud.Alibaba.AlibabaEniApi(server.Options, new Terway.Cloud.Alibaba.StaticCredentialProvider(TestServer.Key), http);
        var eni = (await api.CreateNetworkInterfaceAsync(server.Cloud.NewEni(secondary: 2) with { Tags = [new("a", "b")] })).Value;
        await api.AttachNetworkInterfaceAsync(new(eni.Id, server.Cloud.Instance));
        await api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 });
        await api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 1 });
        await api.ListNetworkInterfacesAsync(new());
        await api.FindVSwitchAsync(server.Cloud.VSwitch);
        await api.FindInstanceTypeAsync(new("ecs.g7.large"));
        await FirstAsync(api.DescribeInstancesAsync(new()));
        await FirstAsync(api.DescribeSecurityGroupsAsync(new()));
        server.Cloud.Emulator.FaultPolicy = _ => EmulatedFault.Refuse(403, "InvalidVSwitchId.IpNotEnough");
        await Errors.OfAsync(() => api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }));
        return bodies;
    }

    private sealed class KeepingHandler(List<byte[]> bodies) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            bodies.Add(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response;
        }
    }
}
