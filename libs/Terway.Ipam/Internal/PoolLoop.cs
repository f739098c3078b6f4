using Terway.Ipam.Actions;
using Terway.Ipam.Planning;

namespace Terway.Ipam.Internal;

/// <summary>The one loop: serve, plan, begin, sleep until something happens or is due.</summary>
internal sealed class PoolLoop(PoolCore core, LeaseDesk desk, LedgerUpkeep ledger, WarmUp warmUp, ActionRunner runner)
{
    /// <summary>The longest sleep, so that a clock that was asleep with the machine cannot stop the pool.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>The plan made last, for show.</summary>
    public PoolPlan? LastPlan { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            runner.ThrowIfBroken();
            var sleep = Turn(stopping);
            await core.Wake.WaitAsync(sleep, stopping).ConfigureAwait(false);
        }
    }

    private TimeSpan Turn(CancellationToken stopping)
    {
        desk.ServeWaiting();
        warmUp.Conclude();
        PoolPlan plan;
        List<(PoolAction Action, Func<CancellationToken, Task> Work)> begun;
        DateTimeOffset now, look;
        lock (core.State.Lock)
        {
            now = core.Now;
            core.State.Reclaim.Advance(now, core.State.ReadyCount, core.State.LowMark);
            plan = LastPlan = core.PlanLocked(now);
            begun = runner.BeginLocked(plan);
            look = plan.NextLook ?? DateTimeOffset.MaxValue;
            if (core.State.Waiting.First?.Deadline is { } deadline && deadline < look)
                look = deadline;
        }

        desk.FailHopeless(plan);
        runner.Start(begun, stopping);
        ledger.Tidy();
        var sleep = look - now;
        return sleep > LongestSleep ? LongestSleep : sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero;
    }
}
