namespace Terway.Policy.Nftables.Internal;

/// <summary>Writes rules in the language of <c>nft</c>.</summary>
internal static class RuleText
{
    internal static string Of(RulesetRule rule)
    {
        var statements = string.Join(' ', rule.Statements.Select(Of));
        return rule.Comment.Length == 0 ? statements : $"{statements} comment {Quote(rule.Comment)}";
    }

    internal static string Quote(string text) => $"\"{text.Replace('"', '_')}\"";

    internal static string Range(ushort first, ushort last) => first == last ? $"{first}" : $"{first}-{last}";

    private static string Of(RuleStatement statement) => statement switch
    {
        AddressMatch match => $"{Name(match.Field)} {Not(match.IsNegated)}{match.Network}",
        NumberMatch { Field: PacketField.NetworkProtocol } match => $"meta nfproto {Not(match.IsNegated)}{(match.First == 2 ? "ipv4" : "ipv6")}",
        NumberMatch match => $"{Name(match.Field)} {Not(match.IsNegated)}{Range(match.First, match.Last)}",
        InterfaceMatch match => $"{Name(match.Field)} {Quote(match.Prefix + "*")}",
        StateMatch match => $"ct state {string.Join(',', Enum.GetValues<ConnectionStates>().Where(s => s is not ConnectionStates.None && match.States.HasFlag(s)).Select(s => s.ToString().ToLowerInvariant()))}",
        MarkMatch match => $"meta mark & 0x{match.Mask:x} == 0x{match.Value:x}",
        SetMatch match => $"{string.Join(" . ", match.Fields.Select(Name))} {Not(match.IsNegated)}@{match.Set}",
        MapVerdict map => $"{Name(map.Field)} vmap @{map.Map}",
        CountStatement => "counter",
        LimitStatement limit => $"limit rate {limit.PerSecond}/second burst {limit.Burst} packets",
        LogStatement { Group: { } group } log => $"log prefix {Quote(log.Prefix)} group {group}",
        LogStatement log => $"log prefix {Quote(log.Prefix)}",
        SetMarkStatement { Value: 0 } mark => $"meta mark set meta mark & 0x{~mark.Mask:x}",
        SetMarkStatement mark when mark.Value == mark.Mask => $"meta mark set meta mark | 0x{mark.Mask:x}",
        SetMarkStatement mark => $"meta mark set meta mark & 0x{~mark.Mask:x} | 0x{mark.Value:x}",
        VerdictStatement verdict => verdict.Verdict.ToString(),
        _ => throw new ArgumentException($"{statement} has no text", nameof(statement)),
    };

    private static string Not(bool isNegated) => isNegated ? "!= " : "";

    private static string Name(PacketField field) => field switch
    {
        PacketField.InputInterface => "iifname",
        PacketField.OutputInterface => "oifname",
        PacketField.NetworkProtocol => "meta nfproto",
        PacketField.TransportProtocol => "meta l4proto",
        PacketField.SourceAddressV4 => "ip saddr",
        PacketField.DestinationAddressV4 => "ip daddr",
        PacketField.SourceAddressV6 => "ip6 saddr",
        PacketField.DestinationAddressV6 => "ip6 daddr",
        PacketField.SourcePort => "th sport",
        PacketField.DestinationPort => "th dport",
        PacketField.IcmpType => "icmp type",
        PacketField.IcmpCode => "icmp code",
        PacketField.IcmpV6Type => "icmpv6 type",
        _ => "icmpv6 code",
    };
}
