using Terway.Cni.Daemon;

namespace Terwayd.Tests.Hosting;

public sealed class LateEniTests
{
    [Fact]
    public async Task An_ENI_that_never_appears_ends_the_ADD_with_its_reason_and_leaves_nothing()
    {
        var time = new FakeTimeProvider();
        await using var daemon = await DaemonHarness.CreateAsync();
        var never = new TaskCompletionSource();
        daemon.Network.Gate = never.Task;
        await daemon.StartDaemonAsync(time);

        var add = Task.Run(() => RefusalOf(() => daemon.Allocate("web-0", requestId: "r-late")));
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), add);

        var refusal = await add;
        refusal!.Code.Should().Be(new ErrorCode("EniNotReady"));
        refusal.Hint.Should().NotBeNullOrEmpty();
        daemon.Log.All.Should().Contain(l => l.Contains("event=2005") && l.Contains("RequestId=r-late") && l.Contains("EniNotReady"));
        daemon.Inspect("web-0").Should().BeNull();
        never.SetResult();
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
