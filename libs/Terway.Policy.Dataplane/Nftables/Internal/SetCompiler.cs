using System.Collections.Immutable;
using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Compiles sets and their elements to those of nf_tables.</summary>
internal sealed class SetCompiler(NftTableKey table)
{
    internal NftSetKey Key(string set) => new(table, set);

    internal NftSet Compile(RulesetSet set) => new()
    {
        Key = Key(set.Name),
        KeyType = set.Key.Count == 1 ? TypeOf(set.Key[0]) : NftDataType.Concat([.. set.Key.Select(TypeOf)]),
        DataType = set.IsVerdictMap ? NftDataType.Verdict : null,
        Flags = (set.IsInterval ? NftSetFlags.Interval : NftSetFlags.None) | (set.IsVerdictMap ? NftSetFlags.Map : NftSetFlags.None),
        // No size: with one, the kernel takes a table of so many buckets at once, and grows it never.
    };

    internal static NftElement[] Compile(RulesetSet set, ImmutableArray<RulesetElement> elements)
    {
        var compiled = new List<NftElement>(elements.Length);
        foreach (var element in elements)
            Compile(set, element, compiled);
        return set.IsInterval ? InOrder(compiled) : [.. compiled];
    }

    /// <summary>Intervals from the lowest to the highest, each with its start first: in another order the kernel does not find them to delete them.</summary>
    internal static NftElement[] InOrder(IEnumerable<NftElement> elements)
    {
        NftElement[] ordered = [.. elements];
        Array.Sort(ordered, static (a, b) => a.Key.Bytes.SequenceCompareTo(b.Key.Bytes) is var byKey && byKey != 0 ? byKey : b.Flags.CompareTo(a.Flags));
        return ordered;
    }

    private static void Compile(RulesetSet set, RulesetElement element, List<NftElement> compiled)
    {
        if (set.IsInterval)
        {
            compiled.AddRange(element.Network is { } network ? NftElement.Interval(network) : Interval(element.Ports!.Value));
            return;
        }

        var key = KeyOf(set, element);
        compiled.Add(element.Verdict is { } verdict ? new(key, RuleCompiler.Compile(verdict)) : new(key));
    }

    private static IEnumerable<NftElement> Interval(PortRange ports)
    {
        yield return new(NftData.NetworkOrder(ports.First));
        if (ports.Last < ushort.MaxValue)
            yield return NftElement.End(NftData.NetworkOrder((ushort)(ports.Last + 1)));
    }

    private static NftData KeyOf(RulesetSet set, in RulesetElement element)
    {
        if (set.Key.Count == 1)
            return Part(set.Key[0], element);
        Span<NftData> parts = new NftData[set.Key.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Part(set.Key[i], element);
        return NftData.Concat(parts);
    }

    private static NftData Part(ElementType type, in RulesetElement element) => type switch
    {
        ElementType.InterfaceName => NftData.InterfaceName(element.Interface!),
        ElementType.Protocol => NftData.Byte(element.Protocol!.Value.Number),
        ElementType.Port => NftData.NetworkOrder(element.Ports!.Value.First),
        _ => NftData.Address(element.Network!.Value.BaseAddress),
    };

    private static NftDataType TypeOf(ElementType type) => type switch
    {
        ElementType.InterfaceName => NftDataType.InterfaceName,
        ElementType.AddressV4 => NftDataType.IPv4Address,
        ElementType.AddressV6 => NftDataType.IPv6Address,
        ElementType.Protocol => NftDataType.InetProtocol,
        _ => NftDataType.InetService,
    };
}
