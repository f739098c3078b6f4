namespace Terway.Netlink;

/// <summary>Counts the packets that come by: <c>counter</c>. In an added rule the values are where it starts.</summary>
public sealed record NftCounter : NftExpression
{
    internal const string KindName = "counter";

    private const ushort NFTA_COUNTER_BYTES = 1;
    private const ushort NFTA_COUNTER_PACKETS = 2;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The bytes of the packets, from the network header on; null when adding is 0.</summary>
    public ulong? Bytes { get; init; }

    /// <summary>The packets; null when adding is 0.</summary>
    public ulong? Packets { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NFTA_COUNTER_BYTES, Bytes);
        writer.WriteUInt64BigEndian(NFTA_COUNTER_PACKETS, Packets);
    }

    internal static NftCounter ReadData(ref AttributeTable data) => new()
    {
        Bytes = data.UInt64BigEndian(NFTA_COUNTER_BYTES),
        Packets = data.UInt64BigEndian(NFTA_COUNTER_PACKETS),
    };
}
