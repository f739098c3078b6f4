using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Terway.Policy;

/// <summary>An immutable array that is equal to another with the same items in the same order.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <remarks>The default value is empty. Lets records that hold collections keep value equality.</remarks>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
[SuppressMessage("Naming", "CA1710", Justification = "An array is what it is; 'Collection' would say less.")]
public readonly struct EquatableArray<T> : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
{
    private readonly ImmutableArray<T> _items;

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="items">The items; the default value counts as empty.</param>
    public EquatableArray(ImmutableArray<T> items) => _items = items;

    /// <summary>The array without items.</summary>
    public static EquatableArray<T> Empty => default;

    /// <summary>The number of items.</summary>
    public int Count => Items.Length;

    /// <summary>Whether there is no item.</summary>
    public bool IsEmpty => Items.IsEmpty;

    /// <summary>The items as an <see cref="ImmutableArray{T}"/>, never the default value.</summary>
    public ImmutableArray<T> Items => _items.IsDefault ? [] : _items;

    /// <summary>The item at a position.</summary>
    /// <param name="index">From 0.</param>
    public T this[int index] => Items[index];

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="items">The items.</param>
    public static implicit operator EquatableArray<T>(ImmutableArray<T> items) => new(items);

    /// <summary>Whether both hold equal items in the same order.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether the items or their order differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <summary>The items in place.</summary>
    public ReadOnlySpan<T> AsSpan() => Items.AsSpan();

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other) => AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The items between brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", Items)}]";

    /// <summary>Goes through the items without allocating.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}
