namespace Terway.Testing;

/// <summary>
/// Virtual time for tests: it stands still until it is advanced, and timers fire in their order while it is. Linked into test
/// projects as source. Thread-safe.
/// </summary>
internal sealed class FakeTimeProvider : TimeProvider
{
    internal static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = Start;

    /// <summary>Whether time jumps to a timer as soon as one is set: a sole waiter never waits.</summary>
    internal bool AutoAdvance { get; init; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        if (AutoAdvance && dueTime != Timeout.InfiniteTimeSpan)
            ThreadPool.QueueUserWorkItem(static s => s.Provider.Advance(s.Due), (Provider: this, Due: dueTime), preferLocal: false);
        return timer;
    }

    /// <summary>Moves time forward and fires what falls due on the way, each timer at its own moment.</summary>
    internal void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (_gate)
            target = _now + by;
        while (TakeDue(target) is { } due)
            due.Fire();
    }

    /// <summary>Advances step by step until the task ends, and gives other threads a moment of real time between the steps.</summary>
    internal async Task AdvanceUntilAsync(TimeSpan step, Task task)
    {
        while (!task.IsCompleted)
        {
            Advance(step);
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    private FakeTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var due = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
            if (due is null)
            {
                if (_now < target)
                    _now = target;
                return null;
            }

            if (_now < due.DueAt)
                _now = due.DueAt;
            due.Reschedule();
            return due;
        }
    }

    private sealed class FakeTimer(FakeTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        internal DateTimeOffset DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = owner._now + dueTime;
                    owner._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner._gate)
                owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire() => callback(state);

        /// <summary>Called with the provider's lock held.</summary>
        internal void Reschedule()
        {
            owner._timers.Remove(this);
            if (_period <= TimeSpan.Zero)
                return;
            DueAt += _period;
            owner._timers.Add(this);
        }
    }
}
