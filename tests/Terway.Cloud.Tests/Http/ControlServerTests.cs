using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Http;

/// <summary>The control endpoint: what it sets is felt by the API, and what it shows is true.</summary>
public sealed class ControlServerTests : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private TestServer _server = null!;
    private EmulatorControlServer _control = null!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _control.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task State_shows_instances_vswitches_and_enis()
    {
        await StartAsync();
        var eni = await _server.Cloud.CreateAttachedEniAsync(secondary: 2);

        var state = await GetAsync("state");

        state["instances"]!.AsArray().Should().ContainSingle().Which!["enis"]!.GetValue<int>().Should().Be(2);
        var shown = state["enis"]!.AsArray().Single(e => e!["id"]!.GetValue<string>() == eni.Id.Value)!;
        shown["status"]!.GetValue<string>().Should().Be("InUse");
        shown["secondaryAddresses"]!.AsArray().Select(a => a!.GetValue<string>()).Should().Equal(eni.SecondaryIpAddresses.Select(a => a.ToString()));
        state["vSwitches"]!.AsArray().Single(v => v!["id"]!.GetValue<string>() == _server.Cloud.VSwitch.Value)!["freeAddresses"]!.GetValue<long>()
            .Should().Be((await _server.Api.FindVSwitchAsync(_server.Cloud.VSwitch))!.AvailableIpAddressCount);
    }

    [Fact]
    public async Task Rule_that_is_set_strikes_and_calls_show_it()
    {
        await StartAsync();
        var ids = (await SendAsync(HttpMethod.Post, "faults", """[{"fault":"lose-reply","action":"CreateNetworkInterface","times":1,"note":"the incident"}]"""))["ids"]!;

        var eni = (await _server.Api.CreateNetworkInterfaceAsync(_server.Cloud.NewEni())).Value;

        var calls = (await GetAsync("calls?action=CreateNetworkInterface"))["calls"]!.AsArray();
        calls.Select(c => (c!["answered"]!.GetValue<bool>(), c["fault"]?.GetValue<string>(), c["rule"]?.GetValue<string>()))
            .Should().Equal((false, "lose-reply", ids[0]!.GetValue<string>()), (true, null, null));
        (await GetAsync($"calls?after={calls[0]!["sequence"]}&action=CreateNetworkInterface"))["calls"]!.AsArray().Should().ContainSingle();
        var rule = (await GetAsync("faults"))["faults"]![0]!;
        (rule["fired"]!.GetValue<int>(), rule["inForce"]!.GetValue<bool>(), rule["rule"]!["note"]!.GetValue<string>()).Should().Be((1, false, "the incident"));
        (await GetAsync("state"))["enis"]!.AsArray().Count(e => e!["id"]!.GetValue<string>() == eni.Id.Value).Should().Be(1);
        await SendAsync(HttpMethod.Delete, $"faults/{ids[0]}", null);
        (await GetAsync("faults"))["faults"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Faults_of_the_metadata_service_are_met_over_http_and_shown()
    {
        await StartAsync();
        await SendAsync(HttpMethod.Post, "faults", """
            [{"fault":"refuse","status":503,"code":"-","action":"Metadata","about":"instance-id","times":1},
             {"fault":"lose-reply","action":"Metadata","about":"zone-id","times":1}]
            """);
        using var metadata = _server.Metadata();

        (await metadata.GetInstanceAsync()).InstanceId.Should().Be(_server.Cloud.Instance);

        (await GetAsync("calls?action=Metadata"))["calls"]!.AsArray().Select(c => (c!["request"]!.GetValue<string>(), c["error"]?.GetValue<string>(), c["answered"]!.GetValue<bool>()))
            .Should().Equal(("/latest/meta-data/instance-id", "Http503", true), ("/latest/meta-data/zone-id", null, false));
    }

    [Fact]
    public async Task Conditions_are_set_and_felt()
    {
        await StartAsync();
        var eni = await _server.Cloud.CreateEniAsync();

        await SendAsync(HttpMethod.Put, $"vswitches/{_server.Cloud.VSwitch}/free", """{"count":0}""");
        (await Errors.OfAsync(() => _server.Api.CreateNetworkInterfaceAsync(_server.Cloud.NewEni()))).Kind.Should().Be(CloudErrorKind.VSwitchFull);
        await SendAsync(HttpMethod.Put, "permissions/DeleteNetworkInterface", """{"allowed":false}""");
        (await Errors.OfAsync(() => _server.Api.DeleteNetworkInterfaceAsync(eni.Id))).Kind.Should().Be(CloudErrorKind.Permission);
        await SendAsync(HttpMethod.Put, "permissions/DeleteNetworkInterface", """{"allowed":true}""");
        await SendAsync(HttpMethod.Put, "limits/DescribeVSwitches", """{"callsPerMinute":0}""");
        (await Errors.OfAsync(() => _server.Api.FindVSwitchAsync(_server.Cloud.VSwitch))).IsThrottled.Should().BeTrue();
        await SendAsync(HttpMethod.Put, "quota", """{"maxEnis":1}""");
        (await Errors.OfAsync(() => _server.Api.CreateNetworkInterfaceAsync(_server.Cloud.NewEni(vSwitch: _server.Cloud.Small)))).Quota.Should().Be(CloudQuota.EniPerRegion);
        await SendAsync(HttpMethod.Put, $"instances/{_server.Cloud.Instance}/status", """{"status":"Stopping"}""");
        (await Errors.OfAsync(() => _server.Api.AttachNetworkInterfaceAsync(new(eni.Id, _server.Cloud.Instance)))).Kind.Should().Be(CloudErrorKind.InvalidState);
        await SendAsync(HttpMethod.Delete, $"enis/{eni.Id}", null);
        (await _server.Api.FindNetworkInterfaceAsync(eni.Id)).Should().BeNull();
        await SendAsync(HttpMethod.Delete, $"credentials/{TestServer.Key.AccessKeyId}", null);
        (await Errors.OfAsync(() => _server.Api.FindNetworkInterfaceAsync(eni.Id))).Code.Should().Be("InvalidAccessKeyId.NotFound");
    }

    [Fact]
    public async Task Latencies_are_set_by_profile_and_by_range()
    {
        await StartAsync();

        await SendAsync(HttpMethod.Put, "latencies", """{"profile":"degraded","attach":{"min":1,"max":2,"tailShare":0.5,"tailMax":60}}""");

        _server.Cloud.Emulator.Latencies.Should().Be(EmulatorLatencies.Degraded with { Attach = LatencyRange.Seconds(1, 2).WithTail(0.5, TimeSpan.FromMinutes(1)) });
        (await GetAsync("latencies"))["attach"]!["tailMax"]!.GetValue<double>().Should().Be(60);
    }

    [Theory]
    [InlineData("POST", "faults", """{"fault":"earthquake"}""", 400, "lose-request")]
    [InlineData("POST", "faults", """{"fault":"delay"}""", 400, "seconds is missing")]
    [InlineData("POST", "faults", """{"fault":"throttle","shares":1}""", 400, "'shares' is no field")]
    [InlineData("POST", "faults", """{"fault":"throttle","share":7}""", 400, "share is 7")]
    [InlineData("POST", "faults", """{"fault":"refuse","status":200,"code":"x"}""", 400, "400 to 599")]
    [InlineData("POST", "faults", "not json", 400, "error")]
    [InlineData("DELETE", "faults/fault-9", null, 404, "no fault rule fault-9")]
    [InlineData("PUT", "latencies", """{"profile":"slow"}""", 400, "realistic")]
    [InlineData("PUT", "latencies", """{"attach":{"min":3,"max":1}}""", 400, "attach")]
    [InlineData("PUT", "vswitches/vsw-none/free", """{"count":1}""", 400, "no vSwitch vsw-none")]
    [InlineData("PUT", "vswitches/vsw-none/free", """{"count":-1}""", 400, "0 or more")]
    [InlineData("PUT", "permissions/X", "{}", 400, "allowed is missing")]
    [InlineData("POST", "enis/eni-none/complete", null, 404, "eni-none")]
    [InlineData("GET", "weather", null, 404, "GET / lists")]
    public async Task Mistake_is_told_with_what_would_be_right(string method, string path, string? body, int status, string told)
    {
        await StartAsync();

        using var answer = await _http.SendAsync(Request(new HttpMethod(method), path, body));

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(told);
        _server.Cloud.Emulator.Faults.Rules.Should().BeEmpty();
    }

    [Fact]
    public async Task Index_lists_what_it_takes()
    {
        await StartAsync();

        (await GetAsync(""))["paths"]!.AsArray().Select(p => $"{p!["method"]} {p["path"]}").Should().Contain(["GET /state", "POST /faults", "PUT /latencies"]).And.OnlyHaveUniqueItems();
    }

    private async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _control = await EmulatorControlServer.StartAsync(_server.Cloud.Emulator);
    }

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(new Uri(_control.BaseAddress, path)))!;

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body)
    {
        using var answer = await _http.SendAsync(Request(method, path, body));
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body) =>
        new(method, new Uri(_control.BaseAddress, path)) { Content = body is null ? null : new StringContent(body) };
}
