namespace Terway.Policy.Internal;

/// <summary>Something with labels of its own and labels of parents; its own win, then those of earlier parents.</summary>
internal sealed class LabelledItem<TSelector>(ResourceKey key) : ILabelView
    where TSelector : notnull
{
    internal ResourceKey Key { get; } = key;

    internal LabelSet Own { get; set; } = LabelSet.Empty;

    internal LabelParent<TSelector>[] Parents { get; set; } = [];

    /// <summary>The selectors that match now.</summary>
    internal HashSet<IndexedSelector<TSelector>> Matches { get; } = [];

    public string? Find(string key)
    {
        if (Own.Find(key) is { } own)
            return own;
        foreach (var parent in Parents)
        {
            if (parent.Labels.Find(key) is { } inherited)
                return inherited;
        }

        return null;
    }
}

/// <summary>A namespace's or service account's labels, and who inherits them.</summary>
internal sealed class LabelParent<TSelector>(string name)
    where TSelector : notnull
{
    internal string Name { get; } = name;

    internal LabelSet Labels { get; set; } = LabelSet.Empty;

    internal HashSet<LabelledItem<TSelector>> Children { get; } = [];
}

/// <summary>A selector with what it matches now.</summary>
internal sealed class IndexedSelector<TSelector>(TSelector key, Selector selector)
    where TSelector : notnull
{
    internal TSelector Key { get; } = key;

    internal Selector Selector { get; } = selector;

    internal LabelRestriction? Restriction { get; set; }

    internal HashSet<LabelledItem<TSelector>> Matches { get; } = [];
}
