using Terway.Cni.Daemon;

namespace Terwayd.Tests.Hosting;

public sealed class LateEniTests
{
    [Fact]
    public async Task An_ENI_that_never_appears_ends_the_ADD_with_its_reason_and_leaves_nothing()
    {
        var time = new FakeTimeProvider();
        await using var daemon = await DaemonHarness.CreateAsync();
        daemon.Network.Gate = new TaskCompletionSource().Task;
        await daemon.StartDaemonAsync(time);

        var add = Task.Run(() => RefusalOf(() => daemon.Allocate("web-0", requestId: "r-late")));
        // In small steps, so that the pool's threads keep up with the clock until the wait for the link has ended.
        await time.AdvanceUntilAsync(TimeSpan.FromMilliseconds(20), daemon.Log.WaitForAsync("event=3022"));
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), add);

        var refusal = await add;
        refusal!.Code.Should().Be(new ErrorCode("LeaseTimeout"));
        refusal.Message.Should().Contain("EniNotReady").And.Contain("default/web-0").And.Contain("110 s");
        refusal.Hint.Should().Contain("MAC address");
        daemon.Log.All.Should().Contain(l => l.Contains("event=2005") && l.Contains("RequestId=r-late") && l.Contains("LeaseTimeout"));
        daemon.Inspect("web-0").Should().BeNull();
    }

    private static DaemonError? RefusalOf(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (DaemonException e)
        {
            return e.Error;
        }
    }
}
