namespace Terway.Ipam.Internal;

/// <summary>Lowers the high mark step by step towards the low mark while nobody leases or releases; any use ends that.</summary>
internal sealed class IdleReclaim(EniPoolOptions options, Random random)
{
    private DateTimeOffset _lastUse;
    private DateTimeOffset? _nextRound;
    private int? _ceiling;

    /// <summary>The high mark as it is now.</summary>
    public int HighMark => _ceiling ?? options.MaxPoolSize;

    /// <summary>When the next round is; null when the reclaim is off or has nothing left to take.</summary>
    public DateTimeOffset? NextRound { get; private set; }

    public void Used(DateTimeOffset now)
    {
        _lastUse = now;
        _nextRound = null;
        _ceiling = null;
    }

    /// <summary>Does the round that is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ready">Addresses that nobody holds.</param>
    /// <param name="lowMark">What is left in any case.</param>
    public void Advance(DateTimeOffset now, int ready, int lowMark)
    {
        if (options.IdleReclaimAfter is not { } after)
            return;
        var round = _nextRound ??= _lastUse + after + Jittered();
        if (round <= now)
        {
            _ceiling = Math.Max(lowMark, Math.Min(ready, HighMark) - options.IdleReclaimBatch);
            _nextRound = round = now + Jittered();
        }

        NextRound = Math.Min(ready, HighMark) > lowMark ? round : null;
    }

    private TimeSpan Jittered() => options.IdleReclaimInterval * (1 + options.IdleReclaimJitter * random.NextDouble());
}
