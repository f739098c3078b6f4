namespace Terway.Netlink;

/// <summary>Changes bits: the destination becomes (source and mask) xor value: <c>bitwise</c>.</summary>
/// <remarks>To set bits of a value: a mask without them, and them as the value. A shift has neither; its settings have no name here.</remarks>
public sealed record NftBitwise : NftExpression
{
    internal const string KindName = "bitwise";

    private const ushort NFTA_BITWISE_SREG = 1;
    private const ushort NFTA_BITWISE_DREG = 2;
    private const ushort NFTA_BITWISE_LEN = 3;
    private const ushort NFTA_BITWISE_MASK = 4;
    private const ushort NFTA_BITWISE_XOR = 5;
    private const ushort NFTA_BITWISE_OP = 6;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>Where from.</summary>
    public NftRegister Source { get; init; } = NftRegister.First;

    /// <summary>Where to.</summary>
    public NftRegister Destination { get; init; } = NftRegister.First;

    /// <summary>The number of bytes.</summary>
    public required uint Length { get; init; }

    /// <summary>The bits that stay.</summary>
    public NftData? Mask { get; init; }

    /// <summary>The bits that are then turned.</summary>
    public NftData? Xor { get; init; }

    /// <summary>What is done: 0 for mask and xor, 1 and 2 for shifts; null is 0 (older than Linux 5.6 knows no other).</summary>
    public uint? Operation { get; init; }

    /// <summary>Masks the first register.</summary>
    /// <param name="mask">The bits that stay.</param>
    /// <returns>The expression.</returns>
    public static NftBitwise And(NftData mask) => And(mask, new(new byte[mask.Length]));

    /// <summary>Masks the first register and turns bits.</summary>
    /// <param name="mask">The bits that stay.</param>
    /// <param name="xor">The bits that are turned; as long as the mask.</param>
    /// <returns>The expression.</returns>
    public static NftBitwise And(NftData mask, NftData xor) => new() { Length = (uint)mask.Length, Mask = mask, Xor = xor };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_BITWISE_SREG, Source);
        writer.WriteRegister(NFTA_BITWISE_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_BITWISE_LEN, Length);
        Mask?.Write(ref writer, NFTA_BITWISE_MASK);
        Xor?.Write(ref writer, NFTA_BITWISE_XOR);
        writer.WriteUInt32BigEndian(NFTA_BITWISE_OP, Operation);
    }

    internal static NftBitwise ReadData(ref AttributeTable data) => new()
    {
        Source = data.RequiredRegister(NFTA_BITWISE_SREG),
        Destination = data.RequiredRegister(NFTA_BITWISE_DREG),
        Length = data.RequiredNumber(NFTA_BITWISE_LEN),
        Mask = NftData.Read(ref data, NFTA_BITWISE_MASK),
        Xor = NftData.Read(ref data, NFTA_BITWISE_XOR),
        Operation = data.UInt32BigEndian(NFTA_BITWISE_OP),
    };
}
