using System.Net;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Metadata;

public class MetadataTests
{
    [Fact]
    public async Task Instance_and_interfaces_read_over_http_as_in_memory()
    {
        await using var server = await TestServer.StartAsync();
        var eni = await server.Cloud.CreateAttachedEniAsync(secondary: 2);
        await server.Cloud.Api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 2 });
        await server.Cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, PrefixCount = 1 });
        using var http = server.Metadata();
        var memory = server.Cloud.Emulator.CreateInstanceMetadata(server.Cloud.Instance);

        (await http.GetInstanceAsync()).Should().Be(await memory.GetInstanceAsync());
        (await http.GetMacAddressesAsync()).Should().BeEquivalentTo(await memory.GetMacAddressesAsync()).And.HaveCount(2);
        var found = await http.GetInterfaceAsync(eni.MacAddress);
        found.Should().Be(await memory.GetInterfaceAsync(eni.MacAddress));
        found!.SecondaryIpAddresses.Should().Equal(eni.SecondaryIpAddresses);
        found.Ipv6Addresses.Should().HaveCount(2);
        found.Ipv4Prefixes.Should().HaveCount(1);
        found.Gateway.Should().Be(IPAddress.Parse("10.0.0.253"));
        found.Ipv6Gateway.Should().Be(IPAddress.Parse("2408:4005:0:1:ffff:ffff:ffff:fff7"));
        (await http.GetInterfaceAsync(new([0, 0x16, 0x3e, 9, 9, 9]))).Should().BeNull();
    }

    [Fact]
    public async Task Metadata_follows_the_api_after_its_lag()
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions
        {
            TimeProvider = time,
            Latencies = new EmulatorLatencies { MetadataLag = LatencyRange.Seconds(2, 2) },
        });
        time.Advance(TimeSpan.FromSeconds(2));
        var metadata = cloud.Emulator.CreateInstanceMetadata(cloud.Instance);
        var eni = await cloud.CreateAttachedEniAsync();

        (await metadata.GetInterfaceAsync(eni.MacAddress)).Should().BeNull("the API says InUse, the metadata is late");
        time.Advance(TimeSpan.FromSeconds(2));
        (await metadata.GetInterfaceAsync(eni.MacAddress)).Should().NotBeNull();

        var assigned = (await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 })).Value.Addresses[0];
        (await metadata.GetInterfaceAsync(eni.MacAddress))!.SecondaryIpAddresses.Should().BeEmpty();
        time.Advance(TimeSpan.FromSeconds(2));
        (await metadata.GetInterfaceAsync(eni.MacAddress))!.SecondaryIpAddresses.Should().Equal(assigned);

        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        time.Advance(TimeSpan.FromSeconds(2));
        (await metadata.GetMacAddressesAsync()).Should().HaveCount(1);
    }

    [Fact]
    public async Task Token_is_asked_once_and_renewed_after_half_its_life()
    {
        var time = new FakeTimeProvider();
        var tokens = 0;
        using var http = new HttpClient(new StubHandler((_, request) => request.Method == HttpMethod.Put
            ? StubHandler.Json(HttpStatusCode.OK, $"token-{++tokens}\n")
            : StubHandler.Json(HttpStatusCode.OK, "00:16:3e:00:00:01/\n00:16:3e:00:00:02/\n\n")));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { TimeProvider = time }, http);

        (await metadata.GetMacAddressesAsync()).Should().HaveCount(2, "an empty line is no address");
        await metadata.GetMacAddressesAsync();
        tokens.Should().Be(1);
        time.Advance(TimeSpan.FromHours(3));
        await metadata.GetMacAddressesAsync();

        tokens.Should().Be(2);
    }

    [Fact]
    public async Task Refused_token_is_replaced_once()
    {
        var tokens = 0;
        var valid = "token-1";
        using var http = new HttpClient(new StubHandler((_, request) =>
        {
            if (request.Method == HttpMethod.Put)
                return StubHandler.Json(HttpStatusCode.OK, $"token-{++tokens}");
            return request.Headers.GetValues("X-aliyun-ecs-metadata-token").Single() == valid
                ? StubHandler.Json(HttpStatusCode.OK, "00:16:3e:00:00:01/")
                : new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions(), http);
        await metadata.GetMacAddressesAsync();

        valid = "token-2";
        (await metadata.GetMacAddressesAsync()).Should().ContainSingle("a new token is tried at once");
        valid = "none";
        var failure = await Errors.OfAsync(() => metadata.GetMacAddressesAsync());

        failure.Kind.Should().Be(CloudErrorKind.Permission);
        tokens.Should().Be(3, "a second refusal is final");
    }

    [Fact]
    public async Task Service_that_had_no_token_at_first_is_asked_for_one_again_when_it_insists()
    {
        var ready = false;
        using var http = new HttpClient(new StubHandler((_, request) =>
        {
            if (request.Method == HttpMethod.Put)
                return ready ? StubHandler.Json(HttpStatusCode.OK, "token-1") : new HttpResponseMessage(HttpStatusCode.NotFound);
            return request.Headers.Contains("X-aliyun-ecs-metadata-token")
                ? StubHandler.Json(HttpStatusCode.OK, "00:16:3e:00:00:01/")
                : new HttpResponseMessage(HttpStatusCode.Forbidden);
        }));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions(), http);

        (await Errors.OfAsync(() => metadata.GetMacAddressesAsync())).Kind.Should().Be(CloudErrorKind.Permission);
        ready = true;

        (await metadata.GetMacAddressesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Hardened_instance_refuses_requests_without_a_valid_token()
    {
        await using var server = await TestServer.StartAsync();
        var hardened = await server.Cloud.Emulator.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = new("ecs.g7.large"),
            VSwitchId = server.Cloud.VSwitch,
            SecurityGroupIds = [server.Cloud.Group],
            MetadataTokenRequired = true,
        });
        await using var own = await CloudEmulatorServer.StartAsync(server.Cloud.Emulator, new CloudEmulatorServerOptions { ResolveInstance = _ => hardened });
        using var http = new HttpClient { BaseAddress = own.BaseAddress };
        async Task<int> StatusAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, path);
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            return (int)(await http.SendAsync(request)).StatusCode;
        }

        (await StatusAsync(HttpMethod.Get, "/latest/meta-data/mac")).Should().Be(403);
        (await StatusAsync(HttpMethod.Get, "/latest/meta-data/mac", ("X-aliyun-ecs-metadata-token", "forged"))).Should().Be(401);
        (await StatusAsync(HttpMethod.Put, "/latest/api/token")).Should().Be(400);
        (await StatusAsync(HttpMethod.Put, "/latest/api/token", ("X-aliyun-ecs-metadata-token-ttl-seconds", "21601"))).Should().Be(400);
        (await StatusAsync(HttpMethod.Put, "/latest/api/token", ("X-aliyun-ecs-metadata-token-ttl-seconds", "60"), ("X-Forwarded-For", "1.2.3.4"))).Should().Be(403);
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { BaseAddress = own.BaseAddress }, http);
        (await metadata.GetInstanceAsync()).InstanceId.Should().Be(hardened);
    }

    [Fact]
    public async Task Directories_list_their_children_and_strangers_see_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        await using var closed = await CloudEmulatorServer.StartAsync(server.Cloud.Emulator);
        using var stranger = new HttpClient { BaseAddress = closed.BaseAddress };

        (await http.GetStringAsync("/latest/meta-data/")).Split('\n').Should().Contain(["instance-id", "instance/", "mac", "network/"]);
        (await http.GetStringAsync("/latest/meta-data/network/interfaces/macs/")).Should().MatchRegex("^00:16:3e:[0-9a-f:]{8}/$");
        (await http.GetAsync("/latest/meta-data/ram/security-credentials/")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/latest/meta-data/instance-id")).StatusCode.Should().Be(HttpStatusCode.NotFound, "127.0.0.1 belongs to no instance");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.MethodNotAllowed)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task Service_without_tokens_is_asked_without_one_unless_a_token_is_required(HttpStatusCode status)
    {
        using var handler = new StubHandler((_, request) =>
            request.Method == HttpMethod.Put ? new HttpResponseMessage(status) : StubHandler.Json(HttpStatusCode.OK, "00:16:3e:00:00:01/"));
        using var http = new HttpClient(handler);
        using var open = new InstanceMetadataClient(new InstanceMetadataOptions(), http);
        using var strict = new InstanceMetadataClient(new InstanceMetadataOptions { TokenRequired = true }, http);

        (await open.GetMacAddressesAsync()).Should().HaveCount(1);
        handler.Requests.Clear();
        var failure = await Errors.OfAsync(() => strict.GetMacAddressesAsync());

        failure.HttpStatus.Should().Be((int)status);
        handler.Requests.Should().OnlyContain(r => r.Method == HttpMethod.Put, "nothing was asked without a token");
    }

    [Fact]
    public async Task Service_in_trouble_is_asked_again_and_a_client_error_is_not()
    {
        var calls = 0;
        var status = HttpStatusCode.ServiceUnavailable;
        using var http = new HttpClient(new StubHandler((_, request) =>
            request.Method == HttpMethod.Put ? new HttpResponseMessage(HttpStatusCode.NotFound) : Answer()));
        using var metadata = new InstanceMetadataClient(new InstanceMetadataOptions { RetryDelay = TimeSpan.FromMilliseconds(1) }, http);

        (await Errors.OfAsync(() => metadata.GetMacAddressesAsync())).Kind.Should().Be(CloudErrorKind.Retryable);
        calls.Should().Be(4);
        calls = 0;
        status = HttpStatusCode.BadRequest;
        (await Errors.OfAsync(() => metadata.GetMacAddressesAsync())).HttpStatus.Should().Be(400);
        calls.Should().Be(1);

        HttpResponseMessage Answer()
        {
            calls++;
            return new HttpResponseMessage(status);
        }
    }

    [Theory]
    [InlineData("[\"192.168.1.10\",\"192.168.1.11\"]", "192.168.1.10 192.168.1.11")]
    [InlineData("[2408::a, 2408::b]", "2408::a 2408::b")]
    [InlineData("[2408::a]", "2408::a")]
    [InlineData("2408::a", "2408::a")]
    [InlineData("10.0.0.0/28\n10.0.0.16/28\n", "10.0.0.0/28 10.0.0.16/28")]
    [InlineData("[]", "")]
    [InlineData("\n", "")]
    public void Lists_read_in_all_their_forms(string body, string expected)
    {
        string.Join(' ', MetadataText.List(body)).Should().Be(expected);
    }
}
