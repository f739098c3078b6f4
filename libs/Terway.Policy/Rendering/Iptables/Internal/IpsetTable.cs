using System.Collections.Immutable;
using Terway.Policy.Internal;

namespace Terway.Policy.Iptables.Internal;

/// <summary>The IP sets that the calculation published, as sets of one version of IP, and what of them was not told yet.</summary>
internal sealed class IpsetTable(IpVersion version, IptablesOptions options)
{
    private readonly Dictionary<string, Entry> _sets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);

    internal ImmutableArray<IpsetContent> Contents => [.. _sets.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(Content)];

    internal void Replace(IpSetUpdated set)
    {
        var name = IptablesNames.Set(set.Id, version);
        if (!_sets.TryGetValue(name, out var entry))
            _sets[name] = entry = new(name, set.Kind);
        var wanted = set.Members.Where(m => m.Network.Version() == version).Select(Text).ToHashSet(StringComparer.Ordinal);
        foreach (var member in entry.Members.Where(m => !wanted.Contains(m)).ToArray())
            entry.Remove(member);
        foreach (var member in wanted)
            entry.Add(member);
    }

    internal void Change(IpSetChanged set)
    {
        var entry = _sets[IptablesNames.Set(set.Id, version)];
        foreach (var member in set.Removed.Where(m => m.Network.Version() == version))
            entry.Remove(Text(member));
        foreach (var member in set.Added.Where(m => m.Network.Version() == version))
            entry.Add(Text(member));
    }

    internal void Remove(string id) => _sets.Remove(IptablesNames.Set(id, version));

    /// <summary>What differs from the last time.</summary>
    internal (ImmutableArray<IpsetContent> Put, ImmutableArray<IpsetChange> Changed, ImmutableArray<string> Removed) Flush()
    {
        var put = ImmutableArray.CreateBuilder<IpsetContent>();
        var changed = ImmutableArray.CreateBuilder<IpsetChange>();
        foreach (var set in _sets.Values.Where(s => s.IsDirty || !_published.Contains(s.Name)).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            if (_published.Add(set.Name))
                put.Add(Content(set));
            else
                changed.Add(new(set.Name, [.. set.Added], [.. set.Removed]));
            set.Forget();
        }

        ImmutableArray<string> removed = [.. _published.Where(name => !_sets.ContainsKey(name)).Order(StringComparer.Ordinal)];
        _published.ExceptWith(removed);
        return (put.ToImmutable(), changed.ToImmutable(), removed);
    }

    private IpsetContent Content(Entry set) => new(
        set.Name, set.Kind is IpSetKind.Networks ? "hash:net" : "hash:ip,port", version, options.MaxSetSize, [.. set.Members]);

    private static string Text(IpSetMember member)
    {
        var network = member.Network;
        var isSingle = network.PrefixLength == Addresses.Bits(network.BaseAddress);
        return member.Protocol is null && isSingle ? network.BaseAddress.ToString() : member.ToString();
    }

    /// <summary>A set, with its members that came and went since it was last told.</summary>
    private sealed class Entry(string name, IpSetKind kind)
    {
        internal string Name => name;

        internal IpSetKind Kind => kind;

        internal HashSet<string> Members { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Added { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

        internal bool IsDirty => Added.Count > 0 || Removed.Count > 0;

        internal void Add(string member)
        {
            if (Members.Add(member) && !Removed.Remove(member))
                Added.Add(member);
        }

        internal void Remove(string member)
        {
            if (Members.Remove(member) && !Added.Remove(member))
                Removed.Add(member);
        }

        internal void Forget()
        {
            Added.Clear();
            Removed.Clear();
        }
    }
}
