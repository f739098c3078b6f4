using System.Net;
using System.Text.Json;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;

namespace Terwayd.Tests.Hosting;

/// <summary>Network policy in a daemon: when an ADD is answered, what a pod is governed by, and what is left when it is off.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private const string EniConf = """{"max_pool_size": 5, "service_cidr": "172.16.0.0/16", "network_policy_timeout": "300ms"}""";
    private const string Isolate = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: NAME}\nspec: {podSelector: {}}\n";

    private DaemonHarness _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonHarness.CreateAsync(EniConf);
        Directory.CreateDirectory(_daemon["objects"]);
        _daemon.ChangeArguments(a => a with { Manifests = _daemon["objects"] });
        Write("isolate.yaml", Isolate.Replace("NAME", "isolate"));
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task An_ADD_is_answered_when_the_pods_policies_stand()
    {
        await _daemon.StartDaemonAsync();

        var allocation = _daemon.Allocate("web");

        var endpoint = _daemon.Policy.Find("web")!;
        endpoint.Addresses.Should().Equal(AddressOf(allocation));
        endpoint.Tiers.Should().ContainSingle().Which.Ingress.Should().ContainSingle().Which.Name.Should().Be("isolate");
        endpoint.Profiles.Should().Equal("kns.default", "ksa.default.default");
        endpoint.InterfaceName.Should().Be(Terway.Datapath.HostVethName.For("default", "web", "eth0"));
        _daemon.Log.All.Should().Contain(l => l.Contains("event=1305"));
    }

    [Fact]
    public async Task A_pod_is_governed_by_its_object_and_no_longer_when_it_is_gone()
    {
        Write("web.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {nodeName: node-1}\nstatus: {podIP: 10.9.9.9}\n");
        Write("isolate.yaml", Isolate.Replace("NAME", "isolate").Replace("{}", "{matchLabels: {app: web}}"));
        await _daemon.StartDaemonAsync();
        _daemon.Policy.Find("web").Should().BeNull("it has no lease yet, whatever its object says");

        var allocation = _daemon.Allocate("web");
        _daemon.Allocate("other");

        _daemon.Policy.Find("web")!.Addresses.Should().Equal(AddressOf(allocation));
        _daemon.Policy.Find("web")!.Tiers.Should().NotBeEmpty();
        _daemon.Policy.Find("other")!.Tiers.Should().BeEmpty();
        _daemon.Release("web");
        await UntilAsync(() => _daemon.Policy.Find("web") is null);
    }

    [Fact]
    public async Task A_changed_manifest_takes_effect_and_a_broken_one_does_not()
    {
        await _daemon.StartDaemonAsync();
        _daemon.Allocate("web");

        Write("more.yaml", Isolate.Replace("NAME", "more"));
        await UntilAsync(() => _daemon.Policy.Policies.Count == 2);
        Write("more.yaml", "kind: [");
        await _daemon.Log.WaitForAsync("event=1302");
        _daemon.Policy.Policies.Should().HaveCount(2);
        File.Delete(_daemon["objects/more.yaml"]);
        await UntilAsync(() => _daemon.Policy.Policies.Count == 1);
    }

    [Fact]
    public async Task An_ADD_whose_policies_do_not_stand_in_time_fails_and_gives_its_address_back()
    {
        await _daemon.StartDaemonAsync();
        _daemon.Allocate("first");
        _daemon.Policy.IsDeaf = true;
        Write("more.yaml", Isolate.Replace("NAME", "more"));
        await UntilAsync(() => Shown().GetProperty("state").GetString() == "failing");

        var add = FluentActions.Invoking(() => _daemon.Allocate("web"));

        add.Should().Throw<DaemonException>().Which.Error.Code.Should().Be(ErrorCode.PolicyNotReady);
        _daemon.Inspect("web").Should().BeNull();
        Write("other.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n");
        await _daemon.Log.WaitForAsync("3 objects");
        Shown().GetProperty("state").GetString().Should().Be("failing", "an object that matters to nobody here mends nothing");
        _daemon.Policy.IsDeaf = false;
        await UntilAsync(() => Shown().GetProperty("state").GetString() == "inForce");
        _daemon.Allocate("web");
        _daemon.Policy.Find("web").Should().NotBeNull();
    }

    [Fact]
    public async Task The_fallback_may_be_to_answer_and_leave_the_pod_closed()
    {
        await File.WriteAllTextAsync(_daemon.Arguments.ConfigPath, EniConf.Replace("\"300ms\"", "\"100ms\", \"network_policy_fallback\": \"closed\""));
        await _daemon.StartDaemonAsync();
        _daemon.Policy.IsDeaf = true;

        _daemon.Allocate("web");

        _daemon.Policy.Find("web").Should().BeNull();
        _daemon.Log.All.Should().Contain(l => l.Contains("event=1307"));
        _daemon.Policy.IsDeaf = false;
        await UntilAsync(() => _daemon.Policy.Find("web") is not null);
    }

    [Fact]
    public async Task A_restart_governs_the_pods_that_are_there_before_it_serves()
    {
        await _daemon.StartDaemonAsync();
        var allocation = _daemon.Allocate("web");

        await _daemon.RestartAsync();

        _daemon.Policy.Find("web")!.Addresses.Should().Equal(AddressOf(allocation));
    }

    [Fact]
    public async Task A_pod_that_only_the_kernel_and_its_object_tell_of_is_governed()
    {
        await _daemon.StartDaemonAsync();
        var address = AddressOf(_daemon.Allocate("web"));
        await _daemon.StopDaemonAsync();
        Directory.Delete(_daemon.Arguments.StateDirectory, recursive: true);
        Write("web.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{nodeName: node-1}}\nstatus: {{podIP: {address}}}\n");
        _daemon.BeforeStart = network => network.Observed.Add(new(address));

        await _daemon.StartDaemonAsync();

        await UntilAsync(() => _daemon.Policy.Find("web")?.Addresses.Contains(address) == true);
    }

    [Fact]
    public async Task A_daemon_that_cannot_enforce_does_not_serve()
    {
        _daemon.Policy.IsDeaf = true;
        var time = new FakeTimeProvider();

        var running = _daemon.RunToEndAsync(time);
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), running);

        (await running).Should().Be(1);
        _daemon.Log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains("PolicyNotInForce") && l.Contains("told to refuse"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("false\n", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public async Task Policy_is_switched_off_by_the_file_beside_the_configuration(string text, bool isOff)
    {
        await File.WriteAllTextAsync(_daemon["disable_network_policy"], text);

        await _daemon.StartDaemonAsync();
        _daemon.Allocate("web");

        (_daemon.Policy.Removals, _daemon.Policy.Applications > 0).Should().Be((isOff ? 1 : 0, !isOff));
        Shown().GetProperty("state").GetString().Should().Be(isOff ? "off" : "inForce");
    }

    [Fact]
    public async Task Without_a_source_there_is_no_policy_and_what_is_left_goes()
    {
        _daemon.ChangeArguments(a => a with { Manifests = null });

        await _daemon.StartDaemonAsync();
        _daemon.Allocate("web");

        (_daemon.Policy.Removals, _daemon.Policy.Applications).Should().Be((1, 0));
        _daemon.Show(ShowSubject.Policy, ShowOutput.Table).Output.Should().Contain("off").And.Contain("no source of policies");
    }

    [Fact]
    public async Task Show_says_what_is_in_force_and_since_when()
    {
        await _daemon.StartDaemonAsync();
        _daemon.Allocate("web");

        var shown = Shown();
        var table = _daemon.Show(ShowSubject.Policy, ShowOutput.Table).Output;

        shown.GetProperty("state").GetString().Should().Be("inForce");
        shown.GetProperty("revision").GetString().Should().Be(Terway.Policy.Manifests.ManifestDirectory.DigestOf(_daemon["objects"]));
        shown.GetProperty("since").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
        shown.GetProperty("waits").GetProperty("count").GetInt32().Should().Be(1);
        shown.GetProperty("endpoints")[0].GetProperty("ingress")[0].GetString().Should().Be("default: KubernetesNetworkPolicy default/isolate");
        table.Should().Contain("inForce").And.Contain("default/web").And.Contain("default: KubernetesNetworkPolicy default/isolate").And.Contain("open");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_stops_the_start_with_its_name()
    {
        _daemon.ChangeArguments(a => a with { Manifests = _daemon["nowhere"] });

        (await _daemon.RunToEndAsync()).Should().Be(1);

        _daemon.Log.All.Should().Contain(l => l.Contains("event=1008") && l.Contains("ManifestUnreadable") && l.Contains("nowhere"));
    }

    private JsonElement Shown() => JsonDocument.Parse(_daemon.Show(ShowSubject.Policy, ShowOutput.Json).Output).RootElement;

    private static IPAddress AddressOf(Allocation allocation) => allocation.NetConfs[0].BasicInfo!.PodIP!.IPv4!;

    private void Write(string name, string text)
    {
        File.WriteAllText(_daemon[$".{name}"], text);
        File.Move(_daemon[$".{name}"], _daemon[$"objects/{name}"], overwrite: true);
    }

    /// <summary>Waits for a state to come; the bound only ends a failure.</summary>
    private static async Task UntilAsync(Func<bool> isThere)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        while (!isThere())
            await Task.Delay(5, bound.Token);
    }
}
