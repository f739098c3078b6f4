namespace Terway.Ipam.Internal;

/// <summary>The last entries, oldest first; a new one takes the place of the oldest. Grows to its bound only when it is filled.</summary>
internal sealed class HistoryRing(int capacity)
{
    private readonly List<HistoryEntry> _entries = [];
    private int _next;

    public void Add(in HistoryEntry entry)
    {
        if (_entries.Count < capacity)
        {
            _entries.Add(entry);
            return;
        }

        _entries[_next] = entry;
        _next = (_next + 1) % capacity;
    }

    public IEnumerable<HistoryEntry> All
    {
        get
        {
            for (var i = 0; i < _entries.Count; i++)
                yield return _entries[(_next + i) % _entries.Count];
        }
    }
}
