using System.Net;
using static Terway.Netlink.ConntrackConstants;

namespace Terway.Netlink;

/// <summary>One direction of a connection: who sends to whom (<c>struct nf_conntrack_tuple</c>).</summary>
public sealed record ConntrackTuple
{
    /// <summary>The source.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>The destination.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>The transport protocol, such as 6 for TCP.</summary>
    public required byte Protocol { get; init; }

    /// <summary>The source port; null for a protocol without ports.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The destination port; null for a protocol without ports.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>The identifier of ICMP or ICMPv6 echoes.</summary>
    public ushort? IcmpId { get; init; }

    /// <summary>The type of an ICMP or ICMPv6 message.</summary>
    public byte? IcmpType { get; init; }

    /// <summary>The code of an ICMP or ICMPv6 message.</summary>
    public byte? IcmpCode { get; init; }

    /// <summary>Attributes of the protocol that have no name here.</summary>
    public RawAttributes UnknownProtocol { get; init; } = RawAttributes.Empty;

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal IpFamily Family => IpFamilies.Of(Source);

    internal bool Involves(IPAddress address) => Source.Equals(address) || Destination.Equals(address);

    /// <summary>The direction as <c>conntrack -L</c> shows it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"proto {Protocol} src {Source} dst {Destination}"
        + (SourcePort is { } source ? $" sport {source}" : string.Empty)
        + (DestinationPort is { } destination ? $" dport {destination}" : string.Empty)
        + (IcmpId is { } id ? $" type {IcmpType} code {IcmpCode} id {id}" : string.Empty);

    internal void Write(ref NetlinkWriter writer, ushort type)
    {
        var tuple = writer.BeginNested((ushort)(type | NetlinkConstants.NLA_F_NESTED));
        var isV6 = Family == IpFamily.IPv6;
        var ip = writer.BeginNested(CTA_TUPLE_IP | NetlinkConstants.NLA_F_NESTED);
        writer.WriteAddress(isV6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, Source);
        writer.WriteAddress(isV6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, Destination);
        writer.EndNested(ip);
        var protocol = writer.BeginNested(CTA_TUPLE_PROTO | NetlinkConstants.NLA_F_NESTED);
        writer.WriteByte(CTA_PROTO_NUM, Protocol);
        writer.WriteUInt16BigEndian(CTA_PROTO_SRC_PORT, SourcePort);
        writer.WriteUInt16BigEndian(CTA_PROTO_DST_PORT, DestinationPort);
        writer.WriteUInt16BigEndian(isV6 ? CTA_PROTO_ICMPV6_ID : CTA_PROTO_ICMP_ID, IcmpId);
        writer.WriteByte(isV6 ? CTA_PROTO_ICMPV6_TYPE : CTA_PROTO_ICMP_TYPE, IcmpType);
        writer.WriteByte(isV6 ? CTA_PROTO_ICMPV6_CODE : CTA_PROTO_ICMP_CODE, IcmpCode);
        writer.WriteRaw(UnknownProtocol);
        writer.EndNested(protocol);
        writer.WriteRaw(Unknown);
        writer.EndNested(tuple);
    }

    internal static ConntrackTuple Read(NetlinkReader reader)
    {
        var tuple = new AttributeTable(reader, stackalloc AttributeSlot[CTA_TUPLE_PROTO + 1]);
        if (!tuple.TryTake(CTA_TUPLE_IP, out var ip) || !tuple.TryTake(CTA_TUPLE_PROTO, out var proto))
            throw NetlinkReader.Malformed("a tuple without addresses or protocol");
        var addresses = new AttributeTable(ip.Nested, stackalloc AttributeSlot[CTA_IP_V6_DST + 1]);
        var protocol = new AttributeTable(proto.Nested, stackalloc AttributeSlot[CTA_PROTO_ICMPV6_CODE + 1]);
        return new()
        {
            Source = addresses.Address(CTA_IP_V4_SRC) ?? addresses.Address(CTA_IP_V6_SRC) ?? throw NetlinkReader.Malformed("no source"),
            Destination = addresses.Address(CTA_IP_V4_DST) ?? addresses.Address(CTA_IP_V6_DST) ?? throw NetlinkReader.Malformed("no destination"),
            Protocol = protocol.Byte(CTA_PROTO_NUM) ?? throw NetlinkReader.Malformed("no protocol"),
            SourcePort = protocol.UInt16BigEndian(CTA_PROTO_SRC_PORT),
            DestinationPort = protocol.UInt16BigEndian(CTA_PROTO_DST_PORT),
            IcmpId = protocol.UInt16BigEndian(CTA_PROTO_ICMP_ID) ?? protocol.UInt16BigEndian(CTA_PROTO_ICMPV6_ID),
            IcmpType = protocol.Byte(CTA_PROTO_ICMP_TYPE) ?? protocol.Byte(CTA_PROTO_ICMPV6_TYPE),
            IcmpCode = protocol.Byte(CTA_PROTO_ICMP_CODE) ?? protocol.Byte(CTA_PROTO_ICMPV6_CODE),
            UnknownProtocol = protocol.TakeRest(),
            Unknown = tuple.TakeRest(),
        };
    }
}
