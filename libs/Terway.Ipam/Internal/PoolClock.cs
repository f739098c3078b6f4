namespace Terway.Ipam.Internal;

/// <summary>Wall-clock time that never jumps: read once, then carried on by the monotonic clock, so that a correction of the
/// system's clock neither shortens a rest nor lengthens a wait.</summary>
internal sealed class PoolClock
{
    private readonly DateTimeOffset _start;
    private readonly long _timestamp;

    public PoolClock(TimeProvider time)
    {
        Time = time;
        _start = time.GetUtcNow();
        _timestamp = time.GetTimestamp();
    }

    public TimeProvider Time { get; }

    public DateTimeOffset Now => _start + Time.GetElapsedTime(_timestamp);
}
