using System.Net;
using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Compiles rules to the expressions of nf_tables, in the form in which the kernel gives them back.</summary>
internal sealed class RuleCompiler(NftTableKey table)
{
    internal NftRule Compile(string chain, RulesetRule rule) => new()
    {
        Chain = new(table, chain),
        Expressions = new([.. rule.Statements.SelectMany(Compile)]),
        Comment = rule.Comment.Length == 0 ? null : rule.Comment,
    };

    internal static NftVerdict Compile(RulesetVerdict verdict) => verdict.Kind switch
    {
        VerdictKind.Accept => NftVerdict.Accept,
        VerdictKind.Drop => NftVerdict.Drop,
        VerdictKind.Return => NftVerdict.Return,
        VerdictKind.Jump => NftVerdict.Jump(verdict.Chain!),
        _ => NftVerdict.Goto(verdict.Chain!),
    };

    private IEnumerable<NftExpression> Compile(RuleStatement statement) => statement switch
    {
        AddressMatch match => [Load(match.Field), .. InNetwork(match.Network, match.IsNegated)],
        NumberMatch match => [Load(match.Field), InRange(match)],
        InterfaceMatch match => [Load(match.Field), NftCompare.Equal(NftData.InterfacePrefix(match.Prefix))],
        StateMatch match => [NftConntrack.Load(NftConntrackKey.State), .. AnyBit((uint)match.States)],
        MarkMatch match => [NftMeta.Load(NftMetaKey.Mark), NftBitwise.And(NftData.HostOrder(match.Mask)), NftCompare.Equal(NftData.HostOrder(match.Value))],
        SetMatch match => [.. LoadAll(match.Fields), NftLookup.In(new(table, match.Set), match.IsNegated)],
        MapVerdict map => [Load(map.Field), NftLookup.VerdictOf(new(table, map.Map))],
        CountStatement => [new NftCounter()],
        LimitStatement limit => [new NftLimit { Rate = limit.PerSecond, Burst = limit.Burst }],
        LogStatement log => [new NftLog { Prefix = log.Prefix, Group = log.Group }],
        SetMarkStatement mark =>
        [
            NftMeta.Load(NftMetaKey.Mark),
            NftBitwise.And(NftData.HostOrder(~mark.Mask), NftData.HostOrder(mark.Value)),
            NftMeta.Set(NftMetaKey.Mark),
        ],
        VerdictStatement verdict => [NftImmediate.Of(Compile(verdict.Verdict))],
        _ => throw new ArgumentException($"{statement} has no expression", nameof(statement)),
    };

    /// <summary>Fields one after the other, each from a word of the registers on, as a concatenation has them.</summary>
    private static IEnumerable<NftExpression> LoadAll(EquatableArray<PacketField> fields)
    {
        var word = 0;
        foreach (var field in fields)
        {
            yield return Load(field, NftRegister.Word(word));
            word += (LengthOf(field) + 3) / 4;
        }
    }

    private static NftExpression Load(PacketField field, NftRegister? to = null) => field switch
    {
        PacketField.InputInterface => NftMeta.Load(NftMetaKey.InputName, to),
        PacketField.OutputInterface => NftMeta.Load(NftMetaKey.OutputName, to),
        PacketField.NetworkProtocol => NftMeta.Load(NftMetaKey.Family, to),
        PacketField.TransportProtocol => NftMeta.Load(NftMetaKey.TransportProtocol, to),
        PacketField.SourceAddressV4 => NftPayload.IPv4Source(to),
        PacketField.DestinationAddressV4 => NftPayload.IPv4Destination(to),
        PacketField.SourceAddressV6 => NftPayload.IPv6Source(to),
        PacketField.DestinationAddressV6 => NftPayload.IPv6Destination(to),
        PacketField.SourcePort => NftPayload.SourcePort(to),
        PacketField.DestinationPort => NftPayload.DestinationPort(to),
        PacketField.IcmpType or PacketField.IcmpV6Type => NftPayload.IcmpType(to),
        _ => NftPayload.IcmpCode(to),
    };

    private static int LengthOf(PacketField field) => field switch
    {
        PacketField.InputInterface or PacketField.OutputInterface or PacketField.SourceAddressV6 or PacketField.DestinationAddressV6 => 16,
        PacketField.SourceAddressV4 or PacketField.DestinationAddressV4 => 4,
        PacketField.SourcePort or PacketField.DestinationPort => 2,
        _ => 1,
    };

    private static IEnumerable<NftExpression> InNetwork(IPNetwork network, bool isNegated)
    {
        var address = NftData.Address(network.BaseAddress);
        if (network.PrefixLength < address.Length * 8)
            yield return NftBitwise.And(MaskOf(network.PrefixLength, address.Length));
        yield return isNegated ? NftCompare.NotEqual(address) : NftCompare.Equal(address);
    }

    private static NftData MaskOf(int prefixLength, int length)
    {
        Span<byte> mask = stackalloc byte[length];
        mask.Clear();
        for (var bit = 0; bit < prefixLength; bit++)
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new(mask);
    }

    private static NftExpression InRange(NumberMatch match)
    {
        var (first, last) = (Number(match.Field, match.First), Number(match.Field, match.Last));
        if (match.First == match.Last)
            return match.IsNegated ? NftCompare.NotEqual(first) : NftCompare.Equal(first);
        return new NftRange { From = first, To = last, Comparison = match.IsNegated ? NftComparison.NotEqual : NftComparison.Equal };
    }

    private static NftData Number(PacketField field, ushort value) => LengthOf(field) == 1 ? NftData.Byte((byte)value) : NftData.NetworkOrder(value);

    private static IEnumerable<NftExpression> AnyBit(uint bits) => [NftBitwise.And(NftData.HostOrder(bits)), NftCompare.NotEqual(NftData.HostOrder(0))];
}
