using System.Buffers;

namespace Terway.Netlink;

/// <summary>A list whose array comes from the shared pool, so that growing it leaves no garbage.</summary>
internal sealed class PooledList<T>
{
    private const int FirstCapacity = 32;

    private T[] _items = [];

    internal int Count { get; private set; }

    internal ref T this[int index] => ref _items[index];

    internal void Add(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[Count++] = item;
    }

    /// <summary>Forgets the items from a position on.</summary>
    internal void Truncate(int count)
    {
        _items.AsSpan(count, Count - count).Clear();
        Count = count;
    }

    internal T[] ToArray() => _items.AsSpan(0, Count).ToArray();

    /// <summary>Empties the list and gives its array back.</summary>
    internal void Release()
    {
        if (_items.Length > 0)
            ArrayPool<T>.Shared.Return(_items, clearArray: true);
        _items = [];
        Count = 0;
    }

    private void Grow()
    {
        var grown = ArrayPool<T>.Shared.Rent(Math.Max(FirstCapacity, Count * 2));
        _items.AsSpan(0, Count).CopyTo(grown);
        if (_items.Length > 0)
            ArrayPool<T>.Shared.Return(_items, clearArray: true);
        _items = grown;
    }
}
