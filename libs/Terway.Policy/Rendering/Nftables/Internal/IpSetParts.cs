using System.Net;
using Terway.Policy.Internal;

namespace Terway.Policy.Nftables.Internal;

/// <summary>
/// An IP set as sets of the kernel: per version of IP a hash of its addresses, and beside it intervals for its blocks if it has any. So pod
/// addresses stay in hashes, where a change costs the same whatever the size, also in a set that has blocks.
/// </summary>
internal sealed class IpSetParts
{
    private readonly SetTable _sets;
    private readonly Part[] _parts;

    internal IpSetParts(string id, IpSetKind kind, SetTable sets)
    {
        _sets = sets;
        _parts = [.. Versions.Select(version => new Part(id, kind, version))];
    }

    internal static IpVersion[] Versions { get; } = [IpVersion.V4, IpVersion.V6];

    internal bool HasBlocks(IpVersion version) => Of(version).Blocks.Count > 0;

    internal string HashName(IpVersion version) => Of(version).Hash.Name;

    internal string IntervalsName(IpVersion version) => Of(version).Intervals.Name;

    internal void Acquire()
    {
        foreach (var part in _parts)
            _sets.Acquire(part.Hash);
    }

    internal void Release()
    {
        foreach (var part in _parts)
        {
            _sets.Release(part.Hash.Name);
            if (part.Blocks.Count > 0)
                _sets.Release(part.Intervals.Name);
        }
    }

    /// <summary>All members are these now; says whether the set got its first blocks or lost its last.</summary>
    internal bool Replace(EquatableArray<IpSetMember> members)
    {
        var changesParts = false;
        foreach (var part in _parts)
        {
            var own = members.Where(m => Of(m) == part).ToList();
            _sets.Replace(part.Hash.Name, [.. own.Where(IsElement).Select(ElementOf)]);
            changesParts |= SetBlocks(part, [.. own.Where(m => !IsElement(m)).Select(m => m.Network)]);
        }

        return changesParts;
    }

    /// <summary>Members came and went; says whether the set got its first blocks or lost its last.</summary>
    internal bool Change(EquatableArray<IpSetMember> added, EquatableArray<IpSetMember> removed)
    {
        var hasBlocks = false;
        foreach (var member in removed)
        {
            if (IsElement(member))
                _sets.Remove(Of(member).Hash.Name, ElementOf(member));
            else
                hasBlocks = true;
        }

        foreach (var member in added)
        {
            if (IsElement(member))
                _sets.Add(Of(member).Hash.Name, ElementOf(member));
            else
                hasBlocks = true;
        }

        return hasBlocks && ChangeBlocks(added, removed);
    }

    private bool ChangeBlocks(EquatableArray<IpSetMember> added, EquatableArray<IpSetMember> removed)
    {
        var changesParts = false;
        foreach (var part in _parts)
        {
            var blocks = part.Blocks.ToHashSet();
            blocks.ExceptWith(removed.Where(m => Of(m) == part).Select(m => m.Network));
            blocks.UnionWith(added.Where(m => Of(m) == part && !IsElement(m)).Select(m => m.Network));
            changesParts |= SetBlocks(part, blocks);
        }

        return changesParts;
    }

    private bool SetBlocks(Part part, HashSet<IPNetwork> blocks)
    {
        var had = part.Blocks.Count > 0;
        var has = blocks.Count > 0;
        part.Blocks = blocks;
        if (has && !had)
            _sets.Acquire(part.Intervals);
        if (has)
            _sets.Replace(part.Intervals.Name, [.. NetworkList.Widest(blocks).Select(b => new RulesetElement(Network: b))]);
        if (had && !has)
            _sets.Release(part.Intervals.Name);
        return had != has;
    }

    private Part Of(IpVersion version) => _parts[version is IpVersion.V4 ? 0 : 1];

    private Part Of(IpSetMember member) => Of(member.Network.Version());

    /// <summary>Whether a member is one address. Members with a port always are.</summary>
    private static bool IsElement(IpSetMember member) => member.Network.PrefixLength == Addresses.Bits(member.Network.BaseAddress);

    private static RulesetElement ElementOf(IpSetMember member) => new(
        Network: member.Network,
        Protocol: member.Protocol,
        Ports: member.Protocol is null ? null : new PortRange(member.Port, member.Port));

    /// <summary>What one version of IP has of the set.</summary>
    private sealed class Part
    {
        internal Part(string id, IpSetKind kind, IpVersion version)
        {
            var address = version is IpVersion.V4 ? ElementType.AddressV4 : ElementType.AddressV6;
            Hash = new(
                RulesetNames.IpSet(id, version, isBlocks: false),
                kind is IpSetKind.Networks ? [address] : [address, ElementType.Protocol, ElementType.Port]);
            Intervals = new(RulesetNames.IpSet(id, version, isBlocks: true), [address], IsInterval: true);
        }

        internal RulesetSet Hash { get; }

        internal RulesetSet Intervals { get; }

        /// <summary>All blocks, those among them that lie in others.</summary>
        internal HashSet<IPNetwork> Blocks { get; set; } = [];
    }
}
