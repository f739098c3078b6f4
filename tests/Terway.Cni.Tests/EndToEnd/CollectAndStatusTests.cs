using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.EndToEnd;

public sealed class CollectAndStatusTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Collect_releases_what_no_valid_attachment_holds(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);
        fixture.Run("ADD", fixture.Lab.CreatePod("a"), "c-a", "web-a").ShouldSucceed();
        fixture.Run("ADD", fixture.Lab.CreatePod("b"), "c-b", "web-b").ShouldSucceed();

        PluginRun run = fixture.Run("GC", null, more: ""","cni.dev/valid-attachments":[{"containerID":"c-a","ifname":"eth0"}]""").ShouldSucceed();

        run.Stdout.Should().BeEmpty();
        fixture.Service.Held.Should().Be(1);
        fixture.Service.Calls.Last().Should().Be("collect net, 1 valid");
    }

    [Fact]
    public async Task Collect_without_a_list_releases_nothing()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldSucceed();

        fixture.Run("GC", null).ShouldFail(7, "NoValidAttachments");

        fixture.Service.Held.Should().Be(1);
    }

    [Fact]
    public async Task Collect_with_an_empty_list_releases_all()
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldSucceed();

        fixture.Run("GC", null, more: ""","cni.dev/valid-attachments":[]""").ShouldSucceed();

        fixture.Service.Held.Should().Be(0);
    }

    [Fact]
    public async Task Collect_without_a_daemon_can_be_tried_again()
    {
        await using PluginFixture fixture = Fixture(asNative: false, withDaemon: false);

        fixture.Run("GC", null, more: ""","cni.dev/valid-attachments":[]""").ShouldFail(11, "DaemonUnavailable");
    }

    [Theory]
    [MemberData(nameof(PluginHost.Both), MemberType = typeof(PluginHost))]
    public async Task Status_is_good_when_an_add_would_succeed(bool asNative)
    {
        await using PluginFixture fixture = Fixture(asNative);

        fixture.Run("STATUS", null).ShouldSucceed().Stdout.Should().BeEmpty();
    }

    [Theory]
    [InlineData("PoolExhausted", 50)]
    [InlineData("Starting", 50)]
    [InlineData("CloudRefused", 50)]
    [InlineData("EniNotFound", 51)]
    public async Task Status_says_why_an_add_would_fail(string code, int number)
    {
        await using PluginFixture fixture = Fixture(asNative: false);
        fixture.Service.Unready = new DaemonError(new ErrorCode(code), "node-1 has 20 of 20 addresses in use", Hint: "add an ENI");

        PluginRun run = fixture.Run("STATUS", null).ShouldFail(number, code);

        run.Message.Should().Be("an ADD would fail now: node-1 has 20 of 20 addresses in use");
        run.Details.Should().Contain("add an ENI");
    }

    [Fact]
    public async Task Status_without_a_daemon_is_not_available()
    {
        await using PluginFixture fixture = Fixture(asNative: true, withDaemon: false);

        fixture.Run("STATUS", null).ShouldFail(50, "DaemonUnavailable");
    }

    private PluginFixture Fixture(bool asNative, bool withDaemon = true) => new(asNative ? native.Path : null, withDaemon);
}
