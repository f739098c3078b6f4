using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>What ENIs were before their latest changes, so that a describe can show an older picture. Used under the world's lock.</summary>
internal sealed class EniHistory(TimeSpan window)
{
    private readonly LinkedList<Change> _changes = [];

    /// <summary>Notes what an ENI was before a change; null before its creation.</summary>
    internal void Add(DateTimeOffset now, EniId id, long sequence, NetworkInterface? before)
    {
        if (window <= TimeSpan.Zero)
            return;
        while (_changes.First is { } oldest && now - oldest.Value.Time > window)
            _changes.RemoveFirst();
        _changes.AddLast(new Change(now, id, sequence, before));
    }

    /// <summary>The ENIs as they were at a time, in the order of their creation; at most as far back as the window.</summary>
    internal ImmutableArray<(long Sequence, NetworkInterface Eni)> At(DateTimeOffset time, IEnumerable<EniEntry> now)
    {
        var picture = now.ToDictionary(e => e.Value.Id, e => (e.Sequence, Eni: e.Value));
        for (var change = _changes.Last; change is not null && change.Value.Time > time; change = change.Previous)
        {
            if (change.Value.Before is { } before)
                picture[change.Value.Id] = (change.Value.Sequence, before);
            else
                picture.Remove(change.Value.Id);
        }
        return [.. picture.Values.OrderBy(e => e.Sequence)];
    }

    private readonly record struct Change(DateTimeOffset Time, EniId Id, long Sequence, NetworkInterface? Before);
}
