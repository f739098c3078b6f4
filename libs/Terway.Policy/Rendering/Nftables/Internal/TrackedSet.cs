using System.Collections.Immutable;

namespace Terway.Policy.Nftables.Internal;

/// <summary>A set with its elements, and what changed since it was last published.</summary>
internal sealed class TrackedSet(RulesetSet set)
{
    private readonly HashSet<RulesetElement> _elements = [];

    /// <summary>Elements that came (true) or went (false); what came and went again is not here.</summary>
    private readonly Dictionary<RulesetElement, bool> _pending = [];

    internal RulesetSet Set { get; } = set;

    internal bool IsPublished { get; private set; }

    internal bool HasChanges => !IsPublished || _pending.Count > 0;

    internal RulesetSetContent Content => new(Set, [.. _elements]);

    internal void Add(RulesetElement element)
    {
        if (_elements.Add(element))
            Note(element, isAdded: true);
    }

    internal void Remove(RulesetElement element)
    {
        if (_elements.Remove(element))
            Note(element, isAdded: false);
    }

    internal void Replace(HashSet<RulesetElement> elements)
    {
        foreach (var gone in _elements.Where(e => !elements.Contains(e)).ToList())
            Remove(gone);
        foreach (var element in elements)
            Add(element);
    }

    internal ElementChange Pending() => new(Set, Pending(isAdded: true), Pending(isAdded: false));

    internal void Publish()
    {
        IsPublished = true;
        _pending.Clear();
    }

    private ImmutableArray<RulesetElement> Pending(bool isAdded) => [.. _pending.Where(p => p.Value == isAdded).Select(p => p.Key)];

    private void Note(RulesetElement element, bool isAdded)
    {
        if (IsPublished && !_pending.Remove(element))
            _pending[element] = isAdded;
    }
}
