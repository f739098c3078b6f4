namespace Terway.Netlink;

/// <summary>Loads something about the packet's connection, or sets it: <c>ct state</c>, <c>ct mark set</c>.</summary>
public sealed record NftConntrack : NftExpression
{
    internal const string KindName = "ct";

    private const ushort NFTA_CT_DREG = 1;
    private const ushort NFTA_CT_KEY = 2;
    private const ushort NFTA_CT_DIRECTION = 3;
    private const ushort NFTA_CT_SREG = 4;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What.</summary>
    public required NftConntrackKey Key { get; init; }

    /// <summary>Of which direction: 0 original, 1 reply; null where there is no difference.</summary>
    public byte? Direction { get; init; }

    /// <summary>Where it is loaded to; null when it is set.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>Where it is set from; null when it is loaded.</summary>
    public NftRegister? Source { get; init; }

    /// <summary>Loads a value.</summary>
    /// <param name="key">What.</param>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftConntrack Load(NftConntrackKey key, NftRegister? destination = null) =>
        new() { Key = key, Destination = destination ?? NftRegister.First };

    /// <summary>Sets a value.</summary>
    /// <param name="key">What: mark, labels, zone.</param>
    /// <param name="source">Where from; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftConntrack Set(NftConntrackKey key, NftRegister? source = null) => new() { Key = key, Source = source ?? NftRegister.First };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_CT_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_CT_KEY, (uint)Key);
        writer.WriteByte(NFTA_CT_DIRECTION, Direction);
        writer.WriteRegister(NFTA_CT_SREG, Source);
    }

    internal static NftConntrack ReadData(ref AttributeTable data) => new()
    {
        Destination = data.Register(NFTA_CT_DREG),
        Key = (NftConntrackKey)data.RequiredNumber(NFTA_CT_KEY),
        Direction = data.Byte(NFTA_CT_DIRECTION),
        Source = data.Register(NFTA_CT_SREG),
    };
}
