using System.Diagnostics;
using Terway.Cni.Daemon;
using Terway.Cni.Tests.Daemon;

namespace Terway.Cni.Tests.EndToEnd;

public sealed class CancellationTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_while_the_daemon_works_leaves_nothing(string signal)
    {
        await using var fixture = new PluginFixture(native.Path);
        var cancelled = new TaskCompletionSource();
        fixture.Service.BeforeAllocate = async token =>
        {
            await using (token.Register(cancelled.SetResult))
                await Task.Delay(Timeout.Infinite, token);
        };
        string before = fixture.Lab.State;
        using Process process = fixture.Start("ADD", fixture.Lab.CreatePod());
        Eventually.IsTrue(() => !fixture.Service.Calls.IsEmpty);

        Shell.Run("kill", $"-{signal}", $"{process.Id}");
        PluginRun run = PluginHost.Finish(process);

        run.ShouldFail(11, "Cancelled");
        await cancelled.Task;
        fixture.Lab.State.Should().Be(before);
        fixture.Service.Held.Should().Be(0);
        fixture.Queued.Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_right_behind_a_cancelled_add_waits_for_its_turn()
    {
        await using var fixture = new PluginFixture(nativePath: null);
        var undone = new TaskCompletionSource();
        fixture.Service.BeforeAllocate = async _ =>
        {
            await undone.Task;
            throw new DaemonException(ErrorCode.Stopping, "given up");
        };
        string netns = fixture.Lab.CreatePod();
        Task<PluginRun> adding = Task.Run(() => fixture.Run("ADD", netns));
        Eventually.IsTrue(() => !fixture.Service.Calls.IsEmpty);

        Task<PluginRun> deleting = Task.Run(() => fixture.Run("DEL", netns));
        Eventually.IsTrue(() => fixture.Service.Calls.Count(call => call.Contains("inspect")) > 1);
        undone.SetResult();

        (await deleting).ShouldSucceed();
        (await adding).ShouldFail(11, "Stopping");
        fixture.Queued.Should().BeEmpty();
    }

    [Fact]
    public async Task Signal_while_the_eni_is_awaited_gives_the_lease_back()
    {
        await using var fixture = new PluginFixture(native.Path);
        Shell.Ip($"-n {fixture.Lab.NodeName} link set eth1 address 00:16:3e:00:00:99");
        string before = fixture.Lab.State;
        using Process process = fixture.Start("ADD", fixture.Lab.CreatePod());
        Eventually.IsTrue(() => fixture.Service.Held == 1);

        Shell.Run("kill", "-TERM", $"{process.Id}");
        PluginRun run = PluginHost.Finish(process);

        run.ShouldFail(11, "Cancelled");
        fixture.Lab.State.Should().Be(before);
        fixture.Service.Held.Should().Be(0);
    }

    [Fact]
    public async Task Eni_that_appears_late_is_waited_for()
    {
        await using var fixture = new PluginFixture(native.Path);
        Shell.Ip($"-n {fixture.Lab.NodeName} link set eth1 address 00:16:3e:00:00:99");
        using Process process = fixture.Start("ADD", fixture.Lab.CreatePod());
        Eventually.IsTrue(() => fixture.Service.Held == 1);

        Shell.Ip($"-n {fixture.Lab.NodeName} link set eth1 address {NodeLab.EniMac}");

        PluginHost.Finish(process).ShouldSucceed();
    }

    [Fact]
    public async Task Lease_that_can_not_be_given_back_is_queued()
    {
        await using var fixture = new PluginFixture(nativePath: null, withDaemon: false);
        using var daemon = new ScriptedDaemon(ScriptedDaemon.ReadRequestAsync);
        fixture.Extra = $$""","daemon_socket":"{{daemon.Path}}" """;

        fixture.Run("ADD", fixture.Lab.CreatePod()).ShouldFail(11, "DaemonProtocol");

        fixture.Queued.Should().ContainSingle().Which.Reason.Should().Be("rollback");
    }
}
