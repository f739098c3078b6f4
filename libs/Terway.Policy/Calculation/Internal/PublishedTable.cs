namespace Terway.Policy.Internal;

/// <summary>Values by key, of which those are published whose value differs from the last time.</summary>
internal sealed class PublishedTable<TKey, TValue>
    where TKey : notnull
    where TValue : class, IEquatable<TValue>
{
    private readonly Dictionary<TKey, TValue> _current = [];
    private readonly Dictionary<TKey, TValue> _published = [];
    private readonly HashSet<TKey> _dirty = [];

    internal bool HasChanges => _dirty.Count > 0;

    internal void Set(TKey key, TValue value)
    {
        _current[key] = value;
        _dirty.Add(key);
    }

    internal void Remove(TKey key)
    {
        if (_current.Remove(key))
            _dirty.Add(key);
    }

    internal void Flush(Action<TValue> update, Action<TKey> remove)
    {
        foreach (var key in _dirty.OrderBy(k => k.ToString(), StringComparer.Ordinal))
        {
            var former = _published.GetValueOrDefault(key);
            if (!_current.TryGetValue(key, out var value))
            {
                if (_published.Remove(key))
                    remove(key);
            }
            else if (former is null || !former.Equals(value))
            {
                _published[key] = value;
                update(value);
            }
        }

        _dirty.Clear();
    }
}
