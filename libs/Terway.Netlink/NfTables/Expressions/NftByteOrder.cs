namespace Terway.Netlink;

/// <summary>Turns numbers from one byte order into the other: <c>byteorder</c>.</summary>
public sealed record NftByteOrder : NftExpression
{
    internal const string KindName = "byteorder";

    private const ushort NFTA_BYTEORDER_SREG = 1;
    private const ushort NFTA_BYTEORDER_DREG = 2;
    private const ushort NFTA_BYTEORDER_OP = 3;
    private const ushort NFTA_BYTEORDER_LEN = 4;
    private const ushort NFTA_BYTEORDER_SIZE = 5;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>Where from.</summary>
    public NftRegister Source { get; init; } = NftRegister.First;

    /// <summary>Where to.</summary>
    public NftRegister Destination { get; init; } = NftRegister.First;

    /// <summary>0 from network to host order (<c>ntoh</c>), 1 from host to network order (<c>hton</c>).</summary>
    public required uint Operation { get; init; }

    /// <summary>The number of bytes in all.</summary>
    public required uint Length { get; init; }

    /// <summary>The bytes of each number: 2, 4 or 8.</summary>
    public required uint Size { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_BYTEORDER_SREG, Source);
        writer.WriteRegister(NFTA_BYTEORDER_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_BYTEORDER_OP, Operation);
        writer.WriteUInt32BigEndian(NFTA_BYTEORDER_LEN, Length);
        writer.WriteUInt32BigEndian(NFTA_BYTEORDER_SIZE, Size);
    }

    internal static NftByteOrder ReadData(ref AttributeTable data) => new()
    {
        Source = data.RequiredRegister(NFTA_BYTEORDER_SREG),
        Destination = data.RequiredRegister(NFTA_BYTEORDER_DREG),
        Operation = data.RequiredNumber(NFTA_BYTEORDER_OP),
        Length = data.RequiredNumber(NFTA_BYTEORDER_LEN),
        Size = data.RequiredNumber(NFTA_BYTEORDER_SIZE),
    };
}
