namespace Terway.Netlink;

/// <summary>Loads something about the packet, or sets it: <c>meta mark</c>, <c>meta mark set</c>, <c>iifname</c>.</summary>
public sealed record NftMeta : NftExpression
{
    internal const string KindName = "meta";

    private const ushort NFTA_META_DREG = 1;
    private const ushort NFTA_META_KEY = 2;
    private const ushort NFTA_META_SREG = 3;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What.</summary>
    public required NftMetaKey Key { get; init; }

    /// <summary>Where it is loaded to; null when it is set.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>Where it is set from; null when it is loaded.</summary>
    public NftRegister? Source { get; init; }

    /// <summary>Loads a value.</summary>
    /// <param name="key">What.</param>
    /// <param name="destination">Where to; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftMeta Load(NftMetaKey key, NftRegister? destination = null) =>
        new() { Key = key, Destination = destination ?? NftRegister.First };

    /// <summary>Sets a value.</summary>
    /// <param name="key">What: mark, priority, trace, packet type.</param>
    /// <param name="source">Where from; null is the first register.</param>
    /// <returns>The expression.</returns>
    public static NftMeta Set(NftMetaKey key, NftRegister? source = null) => new() { Key = key, Source = source ?? NftRegister.First };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_META_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_META_KEY, (uint)Key);
        writer.WriteRegister(NFTA_META_SREG, Source);
    }

    internal static NftMeta ReadData(ref AttributeTable data) => new()
    {
        Destination = data.Register(NFTA_META_DREG),
        Key = (NftMetaKey)data.RequiredNumber(NFTA_META_KEY),
        Source = data.Register(NFTA_META_SREG),
    };
}
