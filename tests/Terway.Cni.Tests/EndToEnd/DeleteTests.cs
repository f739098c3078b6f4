using Terway.Cni.Daemon;
using Terway.Cni.Tests.Daemon;

namespace Terway.Cni.Tests.EndToEnd;

public sealed class DeleteTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Delete_takes_everything_away_and_leaves_the_links_end_to_the_daemon(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        fixture.Run("DEL", netns).ShouldSucceed();
        Reap(fixture);
        string before = fixture.Lab.State; // with the ENI's side, which stays

        PluginRun add = fixture.Run("ADD", netns).ShouldSucceed();
        PluginRun run = fixture.Run("DEL", netns, more: $$""","prevResult":{{add.Stdout}}""").ShouldSucceed();

        run.Stdout.Should().BeEmpty();
        fixture.Lab.Rules.Should().NotContain("10.0.3.1");
        Shell.Ip($"-n {fixture.Lab.NodeName} route show").Should().NotContain("10.0.3.1");
        Shell.Ip($"-n {NodeLab.NameOf(netns)} -o addr show").Should().NotContain("10.0.3.1");
        Shell.Ip($"-n {NodeLab.NameOf(netns)} -o link show").Should().NotContain("eth0");
        fixture.Service.Held.Should().Be(0);
        fixture.Service.Calls.Last().Should().Be("release eth0 of c1 for default/web-0: del (deferred links)");
        Reap(fixture);
        fixture.Lab.State.Should().Be(before);
        Shell.Ip($"-n {NodeLab.NameOf(netns)} -o link show").Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle("only lo is left");
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Delete_succeeds_twice_and_before_any_add(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();

        fixture.Run("DEL", netns).ShouldSucceed();
        fixture.Run("ADD", netns).ShouldSucceed();
        fixture.Run("DEL", netns).ShouldSucceed();
        fixture.Run("DEL", netns).ShouldSucceed();

        fixture.Service.Held.Should().Be(0);
        fixture.Queued.Should().BeEmpty();
    }

    [Fact]
    public async Task Add_right_after_a_delete_in_the_same_namespace_works()
    {
        await using PluginFixture fixture = Fixture(asNative: true);
        string netns = fixture.Lab.CreatePod();

        for (int i = 0; i < 5; i++)
        {
            PluginRun add = fixture.Run("ADD", netns).ShouldSucceed();
            string address = add.Answer.GetProperty("ips")[0].GetProperty("address").GetString()!.Split('/')[0];
            fixture.Lab.Ping(fixture.Lab.NodeName, address).Should().BeTrue();
            fixture.Run("DEL", netns).ShouldSucceed();
        }

        fixture.Lab.Rules.Should().NotContain("10.0.3.1");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("vanished")]
    [InlineData("left-over file")]
    public async Task Delete_without_the_namespace_cleans_the_node_and_releases(string what)
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        fixture.Lab.DeletePod(netns);
        WaitUntilGone(fixture, "cali");
        string? path = what == "none" ? null : netns;
        if (what == "left-over file")
            path = Path.Combine(fixture.Folder, "netns-file");
        if (what == "left-over file")
            await File.WriteAllTextAsync(path!, "");

        fixture.Run("DEL", path).ShouldSucceed();

        fixture.Lab.Rules.Should().NotContain("10.0.3.1");
        fixture.Service.Held.Should().Be(0);
    }

    [Fact]
    public async Task Delete_of_the_nodes_own_namespace_touches_nothing()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string before = fixture.Lab.State;

        fixture.Run("DEL", $"/run/netns/{fixture.Lab.NodeName}").ShouldFail(4, "NetNsIsHost");

        fixture.Lab.State.Should().Be(before);
        fixture.Service.Calls.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Delete_without_a_daemon_takes_the_network_away_now_and_queues_the_release(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        await fixture.StopDaemonAsync();

        fixture.Run("DEL", netns).ShouldSucceed();
        fixture.Run("DEL", netns).ShouldSucceed();

        fixture.Lab.Rules.Should().NotContain("10.0.3.1");
        fixture.Lab.Links.Should().NotContain("cali").And.NotContain("twdel");
        fixture.Queued.Should().Equal(new ReleaseRequest
        {
            Network = "net",
            Attachment = new("c1", "eth0"),
            Pod = new("default", "web-0", "u-1"),
            Reason = "del",
            DeferredLinks = false,
        });
        fixture.Service.Held.Should().Be(1, "the daemon does not know yet");
    }

    [Fact]
    public async Task Add_withdraws_the_queued_release_of_its_own_attachment_only()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("ADD", netns).ShouldSucceed();
        await fixture.StopDaemonAsync();
        fixture.Run("DEL", netns).ShouldSucceed();
        fixture.Run("DEL", netns, containerId: "c0").ShouldSucceed();
        fixture.StartDaemon();

        fixture.Run("ADD", netns).ShouldSucceed();

        fixture.Queued.Should().ContainSingle().Which.Attachment.ContainerId.Should().Be("c0");
    }

    [Fact]
    public async Task Failed_add_restores_the_queued_release_that_it_withdrew()
    {
        await using PluginFixture fixture = Fixture(asNative: false, withDaemon: false);
        string netns = fixture.Lab.CreatePod();
        fixture.Run("DEL", netns).ShouldSucceed();

        fixture.Run("ADD", netns).ShouldFail(11, "DaemonUnavailable");

        fixture.Queued.Should().ContainSingle();
    }

    [Fact]
    public async Task Delete_queues_when_the_daemon_answers_garbage()
    {
        await using PluginFixture fixture = Fixture(asNative: false, withDaemon: false);
        string netns = fixture.Lab.CreatePod();
        using var garbage = new ScriptedDaemon(async client =>
        {
            await ScriptedDaemon.ReadRequestAsync(client);
            await client.SendAsync("HTTP/1.1 400 Bad Request"u8.ToArray());
        });
        fixture.Extra = $$""","daemon_socket":"{{garbage.Path}}" """;

        PluginRun run = fixture.Run("DEL", netns).ShouldSucceed();

        run.Stderr.Should().Contain("the release is queued");
        fixture.Queued.Should().ContainSingle();
    }

    [Fact]
    public async Task Delete_that_can_neither_tell_nor_queue_its_release_is_to_be_tried_again()
    {
        await using PluginFixture fixture = Fixture(asNative: false, withDaemon: false);
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "pending"), "a file where the folder should be");

        fixture.Run("DEL", fixture.Lab.CreatePod()).ShouldFail(11, "ReleaseNotQueued");
    }

    [Fact]
    public async Task Late_delete_of_an_old_sandbox_leaves_the_new_one_alone()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        string oldNetns = fixture.Lab.CreatePod("old");
        string newNetns = fixture.Lab.CreatePod("new");
        PluginRun oldAdd = fixture.Run("ADD", oldNetns, "c-old").ShouldSucceed();
        fixture.Run("ADD", newNetns, "c-new").ShouldSucceed();
        string before = fixture.Lab.State;

        fixture.Run("DEL", oldNetns, "c-old", more: $$""","prevResult":{{oldAdd.Stdout}}""").ShouldSucceed();

        fixture.Lab.State.Should().Be(before);
        fixture.Lab.Ping(fixture.Lab.NodeName, "10.0.3.11").Should().BeTrue();
        fixture.Service.Held.Should().Be(1);
    }

    [Fact]
    public async Task Mistake_in_the_configuration_does_not_block_a_delete()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Extra = ""","mtu":70000""";
        string netns = fixture.Lab.CreatePod();

        fixture.Run("DEL", netns, more: ""","prevResult":{"ips":"?"}""").ShouldSucceed();
    }

    internal static void Reap(PluginFixture fixture) => Shell.TryRun("ip", "-n", fixture.Lab.NodeName, "link", "del", "group", "5122048");

    private static void WaitUntilGone(PluginFixture fixture, string link) => Eventually.IsTrue(() => !fixture.Lab.Links.Contains(link));

    private PluginFixture Fixture(bool asNative, bool withDaemon = true) => new(asNative ? native.Path : null, withDaemon);
}
