using System.Runtime.InteropServices;

namespace Terway.Policy.Internal;

/// <summary>
/// Which selectors match which items, kept up to date: a change costs what it may concern, not what there is. Selectors and items find
/// each other by a label that the selector demands.
/// </summary>
internal sealed class LabelIndex<TSelector>(Action<TSelector, ResourceKey> started, Action<TSelector, ResourceKey> stopped)
    where TSelector : notnull
{
    private readonly Dictionary<ResourceKey, LabelledItem<TSelector>> _items = [];
    private readonly Dictionary<string, LabelParent<TSelector>> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<TSelector, IndexedSelector<TSelector>> _selectors = [];
    private readonly Dictionary<(string Key, string Value), HashSet<LabelledItem<TSelector>>> _itemsByLabel = [];
    private readonly Dictionary<(string Key, string Value), HashSet<IndexedSelector<TSelector>>> _selectorsByLabel = [];
    private readonly Dictionary<(string Key, string Value), HashSet<LabelParent<TSelector>>> _parentsByLabel = [];
    private readonly HashSet<IndexedSelector<TSelector>> _unrestricted = [];
    private readonly HashSet<IndexedSelector<TSelector>> _matching = [];
    private readonly List<IndexedSelector<TSelector>> _ended = [];

    /// <summary>The selectors that match an item.</summary>
    internal IEnumerable<TSelector> MatchesOf(ResourceKey item) => _items.TryGetValue(item, out var found) ? found.Matches.Select(s => s.Key) : [];

    internal void SetItem(ResourceKey key, LabelSet labels, params ReadOnlySpan<string> parents)
    {
        if (!_items.TryGetValue(key, out var item))
            _items[key] = item = new(key);
        else if (item.Own.Equals(labels) && HasParents(item, parents))
            return;
        Relink(item, labels);
        if (!HasParents(item, parents))
            Adopt(item, parents);
        Rematch(item);
    }

    internal void RemoveItem(ResourceKey key)
    {
        if (!_items.Remove(key, out var item))
            return;
        Relink(item, LabelSet.Empty);
        Adopt(item, []);
        foreach (var selector in item.Matches)
        {
            selector.Matches.Remove(item);
            stopped(selector.Key, key);
        }
    }

    /// <summary>Gives a parent its labels; a parent that is not there has none.</summary>
    internal void SetParent(string name, LabelSet labels)
    {
        var parent = Parent(name);
        if (parent.Labels.Equals(labels))
            return;
        foreach (var (key, value) in parent.Labels)
            RemoveFrom(_parentsByLabel, (key, value), parent);
        foreach (var (key, value) in labels)
            Bucket(_parentsByLabel, (key, value)).Add(parent);
        parent.Labels = labels;
        foreach (var child in parent.Children)
            Rematch(child);
        DropIfUnused(parent);
    }

    internal void SetSelector(TSelector key, Selector selector)
    {
        if (_selectors.TryGetValue(key, out var former))
        {
            if (former.Selector.Equals(selector))
                return;
            Unlist(former);
        }

        var indexed = new IndexedSelector<TSelector>(key, selector);
        _selectors[key] = indexed;
        List(indexed);
        foreach (var item in Candidates(indexed))
        {
            if (selector.Matches(item) && indexed.Matches.Add(item))
            {
                item.Matches.Add(indexed);
                if (former is null || !former.Matches.Contains(item))
                    started(key, item.Key);
            }
        }

        if (former is not null)
            End(former, stays: indexed.Matches);
    }

    internal void RemoveSelector(TSelector key)
    {
        if (!_selectors.Remove(key, out var selector))
            return;
        Unlist(selector);
        End(selector, stays: []);
    }

    private void End(IndexedSelector<TSelector> selector, HashSet<LabelledItem<TSelector>> stays)
    {
        foreach (var item in selector.Matches)
        {
            item.Matches.Remove(selector);
            if (!stays.Contains(item))
                stopped(selector.Key, item.Key);
        }
    }

    private void Rematch(LabelledItem<TSelector> item)
    {
        _matching.Clear();
        foreach (var selector in _unrestricted)
            Try(selector, item);
        TryLabels(item, item.Own);
        foreach (var parent in item.Parents)
            TryLabels(item, parent.Labels);

        _ended.Clear();
        foreach (var selector in item.Matches)
        {
            if (!_matching.Contains(selector))
                _ended.Add(selector);
        }

        foreach (var selector in _ended)
        {
            item.Matches.Remove(selector);
            selector.Matches.Remove(item);
            stopped(selector.Key, item.Key);
        }

        foreach (var selector in _matching)
        {
            if (item.Matches.Add(selector))
            {
                selector.Matches.Add(item);
                started(selector.Key, item.Key);
            }
        }
    }

    private void TryLabels(LabelledItem<TSelector> item, LabelSet labels)
    {
        foreach (var (key, value) in labels)
        {
            if (_selectorsByLabel.TryGetValue((key, value), out var selectors))
            {
                foreach (var selector in selectors)
                    Try(selector, item);
            }
        }
    }

    private void Try(IndexedSelector<TSelector> selector, LabelledItem<TSelector> item)
    {
        if (selector.Selector.Matches(item))
            _matching.Add(selector);
    }

    /// <summary>Lists a selector under the demanded label that the fewest items have.</summary>
    private void List(IndexedSelector<TSelector> selector)
    {
        var fewest = int.MaxValue;
        foreach (var restriction in LabelRestriction.Of(selector.Selector.Root))
        {
            var count = restriction.Values.Sum(value => CountOf(restriction.Key, value));
            if (count < fewest)
                (fewest, selector.Restriction) = (count, restriction);
        }

        if (selector.Restriction is null)
            _unrestricted.Add(selector);
        foreach (var value in selector.Restriction?.Values ?? [])
            Bucket(_selectorsByLabel, (selector.Restriction!.Key, value)).Add(selector);
    }

    private void Unlist(IndexedSelector<TSelector> selector)
    {
        _unrestricted.Remove(selector);
        foreach (var value in selector.Restriction?.Values ?? [])
            RemoveFrom(_selectorsByLabel, (selector.Restriction!.Key, value), selector);
    }

    private IEnumerable<LabelledItem<TSelector>> Candidates(IndexedSelector<TSelector> selector)
    {
        if (selector.Restriction is not { } restriction)
            return _items.Values;
        return restriction.Values.SelectMany(value =>
            (_itemsByLabel.TryGetValue((restriction.Key, value), out var own) ? own : []).Concat(ParentsWith(restriction.Key, value).SelectMany(p => p.Children)));
    }

    private int CountOf(string key, string value) =>
        (_itemsByLabel.TryGetValue((key, value), out var own) ? own.Count : 0) + ParentsWith(key, value).Sum(p => p.Children.Count);

    private HashSet<LabelParent<TSelector>> ParentsWith(string key, string value) =>
        _parentsByLabel.TryGetValue((key, value), out var parents) ? parents : [];

    private LabelParent<TSelector> Parent(string name)
    {
        if (!_parents.TryGetValue(name, out var parent))
            _parents[name] = parent = new(name);
        return parent;
    }

    private void Relink(LabelledItem<TSelector> item, LabelSet labels)
    {
        foreach (var (key, value) in item.Own)
        {
            if (labels.Find(key) != value)
                RemoveFrom(_itemsByLabel, (key, value), item);
        }

        foreach (var (key, value) in labels)
        {
            if (item.Own.Find(key) != value)
                Bucket(_itemsByLabel, (key, value)).Add(item);
        }

        item.Own = labels;
    }

    private void Adopt(LabelledItem<TSelector> item, ReadOnlySpan<string> parents)
    {
        var former = item.Parents;
        item.Parents = new LabelParent<TSelector>[parents.Length];
        for (var i = 0; i < parents.Length; i++)
            item.Parents[i] = Parent(parents[i]);
        foreach (var parent in former.Except(item.Parents))
        {
            parent.Children.Remove(item);
            DropIfUnused(parent);
        }

        foreach (var parent in item.Parents)
            parent.Children.Add(item);
    }

    private static bool HasParents(LabelledItem<TSelector> item, ReadOnlySpan<string> parents)
    {
        if (item.Parents.Length != parents.Length)
            return false;
        for (var i = 0; i < parents.Length; i++)
        {
            if (item.Parents[i].Name != parents[i])
                return false;
        }

        return true;
    }

    private void DropIfUnused(LabelParent<TSelector> parent)
    {
        if (parent.Children.Count == 0 && parent.Labels.Count == 0)
            _parents.Remove(parent.Name);
    }

    private static HashSet<T> Bucket<T>(Dictionary<(string Key, string Value), HashSet<T>> buckets, (string Key, string Value) label) =>
        CollectionsMarshal.GetValueRefOrAddDefault(buckets, label, out _) ??= [];

    private static void RemoveFrom<T>(Dictionary<(string Key, string Value), HashSet<T>> buckets, (string Key, string Value) label, T item)
    {
        if (buckets.TryGetValue(label, out var bucket) && bucket.Remove(item) && bucket.Count == 0)
            buckets.Remove(label);
    }
}
