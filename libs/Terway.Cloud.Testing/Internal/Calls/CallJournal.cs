using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The latest answered calls.</summary>
internal sealed class CallJournal(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<EmulatedCallRecord> _records = new();

    internal ImmutableArray<EmulatedCallRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    internal void Add(EmulatedCallRecord record)
    {
        if (capacity <= 0)
            return;
        lock (_gate)
        {
            if (_records.Count == capacity)
                _records.Dequeue();
            _records.Enqueue(record);
        }
    }
}
