namespace Terway.Netlink;

/// <summary>Loads bytes of the packet: <c>ip saddr</c>, <c>tcp dport</c>, <c>icmp type</c>.</summary>
/// <remarks>Nothing says which family or protocol the packet has: compare it first.</remarks>
public sealed record NftPayload : NftExpression
{
    internal const string KindName = "payload";

    private const ushort NFTA_PAYLOAD_DREG = 1;
    private const ushort NFTA_PAYLOAD_BASE = 2;
    private const ushort NFTA_PAYLOAD_OFFSET = 3;
    private const ushort NFTA_PAYLOAD_LEN = 4;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What the offset counts from.</summary>
    public required NftPayloadBase Base { get; init; }

    /// <summary>The offset of the first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>The number of bytes, at most 64.</summary>
    public required uint Length { get; init; }

    /// <summary>Where to; null when the packet is written, which the settings without name then say.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>The source of an IPv4 packet: 4 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IPv4Source(NftRegister? destination = null) => Load(NftPayloadBase.Network, 12, 4, destination);

    /// <summary>The destination of an IPv4 packet: 4 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IPv4Destination(NftRegister? destination = null) => Load(NftPayloadBase.Network, 16, 4, destination);

    /// <summary>The source of an IPv6 packet: 16 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IPv6Source(NftRegister? destination = null) => Load(NftPayloadBase.Network, 8, 16, destination);

    /// <summary>The destination of an IPv6 packet: 16 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IPv6Destination(NftRegister? destination = null) => Load(NftPayloadBase.Network, 24, 16, destination);

    /// <summary>The source port of TCP, UDP or SCTP: 2 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload SourcePort(NftRegister? destination = null) => Load(NftPayloadBase.Transport, 0, 2, destination);

    /// <summary>The destination port of TCP, UDP or SCTP: 2 bytes.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload DestinationPort(NftRegister? destination = null) => Load(NftPayloadBase.Transport, 2, 2, destination);

    /// <summary>The type of an ICMP or ICMPv6 message: 1 byte.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IcmpType(NftRegister? destination = null) => Load(NftPayloadBase.Transport, 0, 1, destination);

    /// <summary>The code of an ICMP or ICMPv6 message: 1 byte.</summary>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftPayload IcmpCode(NftRegister? destination = null) => Load(NftPayloadBase.Transport, 1, 1, destination);

    private static NftPayload Load(NftPayloadBase @base, uint offset, uint length, NftRegister? destination) =>
        new() { Base = @base, Offset = offset, Length = length, Destination = destination ?? NftRegister.First };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_PAYLOAD_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_PAYLOAD_BASE, (uint)Base);
        writer.WriteUInt32BigEndian(NFTA_PAYLOAD_OFFSET, Offset);
        writer.WriteUInt32BigEndian(NFTA_PAYLOAD_LEN, Length);
    }

    internal static NftPayload ReadData(ref AttributeTable data) => new()
    {
        Destination = data.Register(NFTA_PAYLOAD_DREG),
        Base = (NftPayloadBase)data.RequiredNumber(NFTA_PAYLOAD_BASE),
        Offset = data.RequiredNumber(NFTA_PAYLOAD_OFFSET),
        Length = data.RequiredNumber(NFTA_PAYLOAD_LEN),
    };
}
