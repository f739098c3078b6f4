namespace Terway.Simulation;

/// <summary>
/// The clock of a story: it stands still until it is advanced, and fires the timers that fall due on the way, each at its own moment and
/// in the order of their setting. For one thread only; nothing in it waits or locks.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>More timers than this at one moment are a loop that waits for no time to pass.</summary>
    private const int MostAtOneMoment = 200_000;

    internal static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Timer Timer, int Setting), (long Due, long Order)> _timers = new();
    private long _now = Start.UtcTicks;
    private long _order;
    private int _atThisMoment;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The present moment.</summary>
    internal DateTimeOffset Now => new(_now, TimeSpan.Zero);

    /// <summary>What has passed since the story began.</summary>
    internal TimeSpan Elapsed => new(_now - Start.UtcTicks);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward; a callback may set timers that fall due within the same move.</summary>
    /// <exception cref="StandstillException">The callbacks set timers for the present moment, again and again.</exception>
    internal void Advance(TimeSpan by)
    {
        var target = _now + by.Ticks;
        while (_timers.TryPeek(out var next, out var when) && when.Due <= target)
        {
            _timers.Dequeue();
            if (!next.Timer.IsSet(next.Setting))
                continue;
            _atThisMoment = when.Due > _now ? 0 : _atThisMoment + 1;
            if (_atThisMoment > MostAtOneMoment)
                throw new StandstillException(Now);
            _now = Math.Max(_now, when.Due);
            next.Timer.Fire(when.Due);
        }

        _now = Math.Max(_now, target);
    }

    private void Enqueue(Timer timer, int setting, long due) => _timers.Enqueue((timer, setting), (due, ++_order));

    private sealed class Timer(VirtualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private long _period;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _setting++;
            _period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime != Timeout.InfiniteTimeSpan)
                owner.Enqueue(this, _setting, owner._now + dueTime.Ticks);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal bool IsSet(int setting) => setting == _setting;

        internal void Fire(long due)
        {
            if (_period > 0)
                owner.Enqueue(this, _setting, due + _period);
            callback(state);
        }
    }
}
