namespace Terway.Simulation;

/// <summary>How often each kind of fault happened.</summary>
internal sealed class FaultCounts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, long> All => _counts;

    internal void Add(string kind, long times = 1) => _counts[kind] = _counts.GetValueOrDefault(kind) + times;

    internal void Add(FaultCounts other)
    {
        foreach (var (kind, times) in other._counts)
            Add(kind, times);
    }
}
