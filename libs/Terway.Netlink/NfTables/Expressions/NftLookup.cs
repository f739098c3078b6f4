namespace Terway.Netlink;

/// <summary>Looks a register up in a set or map; the rule goes on if it is found: <c>lookup</c>.</summary>
public sealed record NftLookup : NftExpression
{
    internal const string KindName = "lookup";

    private const ushort NFTA_LOOKUP_SET = 1;
    private const ushort NFTA_LOOKUP_SREG = 2;
    private const ushort NFTA_LOOKUP_DREG = 3;
    private const ushort NFTA_LOOKUP_SET_ID = 4;
    private const ushort NFTA_LOOKUP_FLAGS = 5;
    private const uint NFT_LOOKUP_F_INV = 1;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The name of the set, in the rule's table.</summary>
    public required string Set { get; init; }

    /// <summary>The number by which the same transaction adds an anonymous set.</summary>
    public uint? SetId { get; init; }

    /// <summary>The register with the key; a concatenation goes on in those that follow.</summary>
    public NftRegister Source { get; init; } = NftRegister.First;

    /// <summary>Where a map's data goes to; <see cref="NftRegister.Verdict"/> for a verdict map, null for a set.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>Goes on if it is not found; null, as older kernels want it, is no.</summary>
    public bool? Invert { get; init; }

    /// <summary>Looks in a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="invert">Whether the rule goes on if it is not found.</param>
    /// <returns>The expression.</returns>
    public static NftLookup In(NftSetKey set, bool invert = false)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new() { Set = set.Name, SetId = set.Id, Invert = invert ? true : null };
    }

    /// <summary>Does what a verdict map says: <c>vmap</c>.</summary>
    /// <param name="map">The map.</param>
    /// <returns>The expression.</returns>
    public static NftLookup VerdictOf(NftSetKey map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new() { Set = map.Name, SetId = map.Id, Destination = NftRegister.Verdict };
    }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteString(NFTA_LOOKUP_SET, Set);
        writer.WriteRegister(NFTA_LOOKUP_SREG, Source);
        writer.WriteRegister(NFTA_LOOKUP_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_LOOKUP_SET_ID, SetId);
        writer.WriteUInt32BigEndian(NFTA_LOOKUP_FLAGS, Invert is { } invert ? invert ? NFT_LOOKUP_F_INV : 0 : null);
    }

    internal static NftLookup ReadData(ref AttributeTable data) => new()
    {
        Set = data.RequiredString(NFTA_LOOKUP_SET),
        Source = data.RequiredRegister(NFTA_LOOKUP_SREG),
        Destination = data.Register(NFTA_LOOKUP_DREG),
        SetId = data.UInt32BigEndian(NFTA_LOOKUP_SET_ID),
        Invert = data.UInt32BigEndian(NFTA_LOOKUP_FLAGS) is { } flags ? (flags & NFT_LOOKUP_F_INV) != 0 : null,
    };
}
