namespace Terway.Cni.Daemon.Internal;

/// <summary>A point in time after which nothing is waited for.</summary>
internal sealed class Deadline(TimeProvider timeProvider, TimeSpan length)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeSpan Length => length;

    /// <summary>What is left, never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = length - timeProvider.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
