using System.Collections.Frozen;

namespace Terway.Policy.Nftables.Internal;

/// <summary>The sets and maps of the table. A set lives while somebody uses it.</summary>
internal sealed class SetTable
{
    private readonly Dictionary<string, TrackedSet> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly HashSet<TrackedSet> _dirty = [];
    private readonly Dictionary<string, TrackedSet> _gone = new(StringComparer.Ordinal);

    internal FrozenDictionary<string, RulesetSetContent> Contents => _sets.ToFrozenDictionary(s => s.Key, s => s.Value.Content, StringComparer.Ordinal);

    /// <summary>Uses a set; a new one begins empty, one that just left comes back with what it held.</summary>
    internal void Acquire(RulesetSet set)
    {
        _users[set.Name] = _users.GetValueOrDefault(set.Name) + 1;
        if (_sets.ContainsKey(set.Name))
            return;
        if (!_gone.Remove(set.Name, out var tracked))
            tracked = new(set);
        _sets[set.Name] = tracked;
        _dirty.Add(tracked);
    }

    internal void Acquire(RulesetSetContent literal)
    {
        Acquire(literal.Set);
        foreach (var element in literal.Elements)
            Add(literal.Set.Name, element);
    }

    internal void Release(string name)
    {
        if (--_users[name] > 0)
            return;
        _users.Remove(name);
        _sets.Remove(name, out var tracked);
        _dirty.Remove(tracked!);
        if (tracked!.IsPublished)
            _gone[name] = tracked;
    }

    internal void Add(string name, RulesetElement element)
    {
        var tracked = _sets[name];
        tracked.Add(element);
        _dirty.Add(tracked);
    }

    internal void Remove(string name, RulesetElement element)
    {
        var tracked = _sets[name];
        tracked.Remove(element);
        _dirty.Add(tracked);
    }

    internal void Replace(string name, HashSet<RulesetElement> elements)
    {
        var tracked = _sets[name];
        tracked.Replace(elements);
        _dirty.Add(tracked);
    }

    internal RulesetChange Flush()
    {
        var dirty = _dirty.Where(s => s.HasChanges).OrderBy(s => s.Set.Name, StringComparer.Ordinal).ToList();
        var change = new RulesetChange
        {
            AddedSets = [.. dirty.Where(s => !s.IsPublished).Select(s => s.Content)],
            Elements = [.. dirty.Where(s => s.IsPublished).Select(s => s.Pending())],
            RemovedSets = [.. _gone.Keys.Order(StringComparer.Ordinal)],
        };
        foreach (var tracked in _dirty)
            tracked.Publish();
        _dirty.Clear();
        _gone.Clear();
        return change;
    }
}
