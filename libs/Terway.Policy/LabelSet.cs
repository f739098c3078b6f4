using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Terway.Policy;

/// <summary>Labels or annotations of an object: keys with values, sorted by key, compared by value.</summary>
public sealed class LabelSet : ILabelView, IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<LabelSet>
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _labels;

    private LabelSet(ImmutableArray<KeyValuePair<string, string>> sorted) => _labels = sorted;

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <summary>Copies labels; of a key that occurs twice the last value counts.</summary>
    /// <param name="labels">The labels in any order.</param>
    public static LabelSet Create(IEnumerable<KeyValuePair<string, string>> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        KeyValuePair<string, string>[] sorted = [.. labels];
        MemoryExtensions.Sort(sorted.AsSpan(), CompareKeys);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
                return Create(LastOfEach(labels));
        }

        return sorted.Length == 0 ? Empty : new(ImmutableCollectionsMarshal.AsImmutableArray(sorted));
    }

    /// <summary>Labels of pairs such as <c>("app", "web")</c>.</summary>
    /// <param name="labels">The pairs.</param>
    public static LabelSet Of(params ReadOnlySpan<(string Key, string Value)> labels)
    {
        var pairs = new KeyValuePair<string, string>[labels.Length];
        for (var i = 0; i < labels.Length; i++)
            pairs[i] = new(labels[i].Key, labels[i].Value);
        return Create(pairs);
    }

    /// <inheritdoc/>
    public string? Find(string key)
    {
        foreach (var label in _labels.AsSpan())
        {
            if (label.Key == key)
                return label.Value;
        }

        return null;
    }

    /// <summary>These labels with one more, which replaces one of the same key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public LabelSet With(string key, string value) => Create([.. _labels, new(key, value)]);

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in _labels)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The labels as <c>a=1,b=2</c>.</summary>
    public override string ToString() => string.Join(',', _labels.Select(l => $"{l.Key}={l.Value}"));

    /// <summary>Goes through the labels in order of their keys, without allocating.</summary>
    public ImmutableArray<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _labels.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, string>>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_labels).GetEnumerator();

    private static int CompareKeys(KeyValuePair<string, string> left, KeyValuePair<string, string> right) =>
        string.CompareOrdinal(left.Key, right.Key);

    /// <summary>Sorting does not keep the order of equal keys, so these are settled before.</summary>
    private static Dictionary<string, string> LastOfEach(IEnumerable<KeyValuePair<string, string>> labels)
    {
        Dictionary<string, string> last = new(StringComparer.Ordinal);
        foreach (var (key, value) in labels)
            last[key] = value;
        return last;
    }
}
