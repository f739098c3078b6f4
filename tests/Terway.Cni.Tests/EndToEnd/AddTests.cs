using System.Text.Json;
using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.EndToEnd;

public sealed class AddTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Add_connects_the_pod_and_tells_how(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();

        PluginRun run = fixture.Run("ADD", netns).ShouldSucceed();

        string pod = NodeLab.NameOf(netns);
        JsonElement eth0 = run.Answer.GetProperty("interfaces")[0];
        eth0.GetProperty("name").GetString().Should().Be("eth0");
        eth0.GetProperty("sandbox").GetString().Should().Be(netns);
        Shell.Ip($"-n {pod} link show eth0").Should().Contain(eth0.GetProperty("mac").GetString()).And.Contain("mtu 1500").And.Contain("UP");
        run.Answer.GetProperty("interfaces")[1].GetProperty("name").GetString().Should().Be("cali0d7763386da", "that is Felix's name for default/web-0");
        JsonElement ip = run.Answer.GetProperty("ips")[0];
        ip.GetProperty("address").GetString().Should().Be("10.0.3.11/24");
        ip.GetProperty("gateway").GetString().Should().Be("10.0.3.253");
        ip.GetProperty("interface").GetInt32().Should().Be(0);
        run.Answer.GetProperty("routes")[0].GetProperty("dst").GetString().Should().Be("0.0.0.0/0");
        Shell.Ip($"-n {pod} -4 addr show eth0").Should().Contain("inet 10.0.3.11/32");
        fixture.Lab.Rules.Should().Contain("512:\tfrom all to 10.0.3.11 lookup main").And.Contain("2048:\tfrom 10.0.3.11 lookup 100");
        fixture.Lab.Ping(fixture.Lab.NodeName, "10.0.3.11").Should().BeTrue();
        fixture.Lab.Ping(pod, "10.0.0.10").Should().BeTrue();
        fixture.Service.Calls.Should().Equal("allocate eth0 of c1 for default/web-0");
        run.Stderr.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Add_again_for_the_same_sandbox_answers_the_same_and_changes_nothing(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();
        PluginRun first = fixture.Run("ADD", netns).ShouldSucceed();
        string before = fixture.Lab.State;

        PluginRun second = fixture.Run("ADD", netns).ShouldSucceed();

        second.Stdout.Should().Be(first.Stdout);
        fixture.Lab.State.Should().Be(before);
        fixture.Service.Held.Should().Be(1);
    }

    [Theory]
    [InlineData("0.3.0", "\"version\": \"4\"")]
    [InlineData("0.3.1", "\"version\": \"4\"")]
    [InlineData("0.4.0", "\"version\": \"4\"")]
    [InlineData("1.0.0", "\"address\": \"10.0.3.11/24\"")]
    [InlineData("1.1.0", "\"mtu\": 1500")]
    public async Task Add_speaks_each_version(string version, string has)
    {
        await using PluginFixture fixture = Fixture(asNative: true);
        fixture.Version = version;

        PluginRun run = fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldSucceed();

        run.Answer.GetProperty("cniVersion").GetString().Should().Be(version);
        run.Stdout.Should().Contain(has);
        fixture.Version = "1.1.0";
    }

    [Fact]
    public async Task Container_that_no_orchestrator_named_stands_for_itself()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        Dictionary<string, string> environment = PluginFixture.Environment("ADD", fixture.Lab.CreatePod(), "0a1b2c");
        environment["CNI_ARGS"] = "IgnoreUnknown=1;K8S_POD_NAME=happy_hopper"; // as podman sends it

        fixture.RunWith(environment).ShouldSucceed();

        fixture.Service.Calls.Should().Equal("allocate eth0 of 0a1b2c for _container/0a1b2c");
    }

    [Theory]
    [InlineData("PoolExhausted", 11)]
    [InlineData("PodIsProcessing", 11)]
    [InlineData("Starting", 11)]
    [InlineData("CloudRefused", 100)]
    [InlineData("SomethingNewer", 11)]
    public async Task Refusal_of_the_daemon_is_told_with_its_code_and_leaves_nothing(string code, int number)
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Service.BeforeAllocate = _ => throw new DaemonException(new ErrorCode(code), "there is none", "limit 10", "wait a little");
        string before = fixture.Lab.State;

        PluginRun run = fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(number, code);

        run.Message.Should().Be("connecting eth0 of default/web-0: there is none");
        run.Details.Should().Contain("limit 10").And.Contain("wait a little").And.Contain("request test-");
        fixture.Lab.State.Should().Be(before);
        fixture.Queued.Should().BeEmpty();
        fixture.Service.Calls.Should().ContainSingle("a refused allocation needs no release");
    }

    [Fact]
    public async Task Daemon_that_names_the_primary_link_as_the_eni_does_not_cost_the_node_its_addresses()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        Shell.Ip($"-n {fixture.Lab.NodeName} link set eth1 address 00:16:3e:00:00:99");
        Shell.Ip($"-n {fixture.Lab.NodeName} link set eth0 address {NodeLab.EniMac}");
        string before = fixture.Lab.State;

        PluginRun run = fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(7, "InvalidConfiguration");

        run.Details.Should().Contain("primary link eth0");
        fixture.Lab.State.Should().Be(before);
        fixture.Service.Held.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Without_a_daemon_add_can_be_tried_again(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative, withDaemon: false);

        PluginRun run = fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(11, "DaemonUnavailable");

        run.Message.Should().Contain("nobody answers on");
        fixture.Queued.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Taken_interface_name_fails_and_gives_the_lease_back(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();
        Shell.Ip($"-n {NodeLab.NameOf(netns)} link add eth0 type bridge");
        string before = fixture.Lab.State;

        fixture.Run("ADD", netns).ShouldFail(100, "InterfaceNameTaken");

        fixture.Lab.State.Split('\n').Where(IsOfPod).Should().Equal(before.Split('\n').Where(IsOfPod));
        fixture.Service.Held.Should().Be(0);
        fixture.Service.Calls.Should().Contain("release eth0 of c1 for default/web-0: rollback");
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Namespace_that_is_none_is_refused_before_the_daemon_is_asked(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string regular = Path.Combine(fixture.Folder, "file");
        await File.WriteAllTextAsync(regular, "");

        fixture.Run("ADD", "/run/netns/there-is-no-such").ShouldFail(4, "NetNsNotFound").Message.Should().Contain("CNI_NETNS");
        fixture.Run("ADD", regular).ShouldFail(4, "NetNsInvalid").Message.Should().Contain("CNI_NETNS");
        fixture.Run("ADD", "/proc/self/ns/mnt").ShouldFail(4, "NetNsInvalid");
        fixture.Run("ADD", "/tmp").ShouldFail(4, "NetNsInvalid");
        fixture.Run("ADD", $"/run/netns/{fixture.Lab.NodeName}").ShouldFail(4, "NetNsIsHost");

        fixture.Service.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Allocation_that_the_plugin_can_not_carry_out_is_given_back()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Extra = ""","mtu":67""";

        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(7, "InvalidConfiguration").Details.Should().Contain("MTU 67");

        fixture.Service.Held.Should().Be(0);
    }

    [Theory]
    [InlineData(""","mtu":"big" """, 6, "DecodingFailure")]
    [InlineData(""","mtu":-1""", 7, "InvalidConfiguration")]
    [InlineData(""","mtu":70000""", 7, "InvalidConfiguration")]
    [InlineData(""","debug":"yes" """, 6, "DecodingFailure")]
    public async Task Key_of_the_plugin_with_a_wrong_value_is_told(string extra, int code, string reason)
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Extra = extra;

        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(code, reason);

        fixture.Service.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Debug_writes_what_is_done_to_stderr()
    {
        await using PluginFixture fixture = Fixture(asNative: true);
        fixture.Extra = ""","debug":true,"mtu":1400""";

        PluginRun run = fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldSucceed();

        run.Stderr.Should().Contain("rule 512: to 10.0.3.11/32 lookup main missing").And.Contain("mtu 1400");
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Pod_of_both_families_has_both_until_its_delete(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        fixture.IsDualStack = true;
        string netns = fixture.Lab.CreatePod();
        fixture.Lab.AddIPv6();

        PluginRun add = fixture.Run("ADD", netns).ShouldSucceed();

        add.Answer.GetProperty("ips").EnumerateArray().Select(ip => ip.GetProperty("address").GetString()).Should().Equal("10.0.3.11/24", "2001:db8:3::b/64");
        add.Answer.GetProperty("routes").EnumerateArray().Select(r => r.GetProperty("gw").GetString()).Should().Equal("169.254.1.1", "fe80::1");
        fixture.Lab.Ping(fixture.Lab.NodeName, "2001:db8:3::b").Should().BeTrue();
        fixture.Lab.Ping(NodeLab.NameOf(netns), "2001:db8::10").Should().BeTrue();
        fixture.Run("CHECK", netns, more: $$""","prevResult":{{add.Stdout}}""").ShouldSucceed();
        fixture.Run("DEL", netns).ShouldSucceed();
        Shell.Ip($"-n {fixture.Lab.NodeName} -6 rule show").Should().NotContain("2001:db8:3::b");
        Shell.Ip($"-n {fixture.Lab.NodeName} -6 route show").Should().NotContain("2001:db8:3::b");
    }

    [Fact]
    public async Task Limits_that_are_not_applied_are_told()
    {
        await using PluginFixture fixture = Fixture(asNative: true);
        fixture.Extra = ""","runtimeConfig":{"bandwidth":{"ingressRate":8000}}""";

        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldSucceed().Stderr.Should().Contain("bandwidth limits of default/web-0 are not applied");
    }

    [Fact]
    public void Native_program_is_small()
    {
        new FileInfo(native.Path).Length.Should().BeLessThan(6_000_000);
    }

    private static bool IsOfPod(string line) => line.Contains("cali") || line.Contains("10.0.3.1");

    private PluginFixture Fixture(bool asNative, bool withDaemon = true) => new(asNative ? native.Path : null, withDaemon);
}
