namespace Terway.Cni.Tests.EndToEnd;

public sealed class CheckTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    public static TheoryData<string, string> Damages => new()
    {
        { "NODE rule del pref 512 to 10.0.3.11", "rule 512: to 10.0.3.11/32 lookup main missing" },
        { "NODE rule del pref 2048 from 10.0.3.11", "rule 2048: from 10.0.3.11/32 lookup" },
        { "NODE route del 10.0.3.11", "route 10.0.3.11/32 dev cali0d7763386da scope link missing" },
        { "NODE link set cali0d7763386da down", "link cali0d7763386da" },
        { "NODE route flush dev eth1 table all", "route default via 10.0.3.253 dev eth1 onlink table" },
        { "POD addr flush dev eth0", "pod: addr 10.0.3.11/32 dev eth0 scope global missing" },
        { "POD route del default", "pod: route default via 169.254.1.1 dev eth0 onlink missing" },
        { "POD neigh del 169.254.1.1 dev eth0", "pod: neigh 169.254.1.1 dev eth0" },
        { "POD link set eth0 mtu 1000", "pod: link eth0" },
        { "POD link del eth0", "link eth0" },
    };

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Check_after_add_finds_nothing(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();
        PluginRun add = fixture.Run("ADD", netns).ShouldSucceed();

        PluginRun run = fixture.Run("CHECK", netns, more: $$""","prevResult":{{add.Stdout}}""").ShouldSucceed();

        run.Stdout.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Check_names_what_is_damaged(string damage, string difference)
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        Shell.Ip("-n " + damage.Replace("NODE", fixture.Lab.NodeName).Replace("POD", NodeLab.NameOf(netns)));

        PluginRun run = fixture.Run("CHECK", netns).ShouldFail(101, "CheckFailed");

        run.Details.Should().Contain(difference);
    }

    [Fact]
    public async Task Check_lists_every_difference()
    {
        await using PluginFixture fixture = Fixture(asNative: true);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        Shell.Ip($"-n {fixture.Lab.NodeName} rule del pref 512");
        Shell.Ip($"-n {fixture.Lab.NodeName} rule del pref 2048");

        PluginRun run = fixture.Run("CHECK", netns).ShouldFail(101, "CheckFailed");

        run.Message.Should().Be("the network of default/web-0 differs from its plan in 2 points");
        run.Details.Should().Contain("rule 512").And.Contain("rule 2048");
    }

    [Fact]
    public async Task Check_compares_the_runtimes_memory_too()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();

        PluginRun run = fixture.Run("CHECK", netns, more: ""","prevResult":{"ips":[{"address":"10.0.3.99/24"}]}""").ShouldFail(101, "CheckFailed");

        run.Details.Should().Contain("prevResult address 10.0.3.11 missing");
    }

    [Fact]
    public async Task Check_of_what_was_never_added_is_an_unknown_container()
    {
        await using PluginFixture fixture = Fixture(asNative: false);

        fixture.Run("CHECK", fixture.Lab.CreatePod()).ShouldFail(3, "AttachmentUnknown");
        fixture.Run("CHECK", "/run/netns/there-is-no-such").ShouldFail(3, "NetNsNotFound");
    }

    [Fact]
    public async Task Daemon_that_is_away_does_not_make_a_container_broken()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        await fixture.StopDaemonAsync();

        fixture.Run("CHECK", netns).ShouldSucceed().Stderr.Should().Contain("not checked");
    }

    private PluginFixture Fixture(bool asNative) => new(asNative ? native.Path : null);
}
