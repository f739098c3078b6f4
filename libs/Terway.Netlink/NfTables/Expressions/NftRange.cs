namespace Terway.Netlink;

/// <summary>Compares a register with two values; the rule goes on if it lies between them: <c>range</c>.</summary>
public sealed record NftRange : NftExpression
{
    internal const string KindName = "range";

    private const ushort NFTA_RANGE_SREG = 1;
    private const ushort NFTA_RANGE_OP = 2;
    private const ushort NFTA_RANGE_FROM_DATA = 3;
    private const ushort NFTA_RANGE_TO_DATA = 4;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The register.</summary>
    public NftRegister Source { get; init; } = NftRegister.First;

    /// <summary>The least value, in network order.</summary>
    public required NftData From { get; init; }

    /// <summary>The greatest value, as long as the least.</summary>
    public required NftData To { get; init; }

    /// <summary><see cref="NftComparison.Equal"/> for within, <see cref="NftComparison.NotEqual"/> for outside.</summary>
    public NftComparison Comparison { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_RANGE_SREG, Source);
        writer.WriteUInt32BigEndian(NFTA_RANGE_OP, (uint)Comparison);
        From.Write(ref writer, NFTA_RANGE_FROM_DATA);
        To.Write(ref writer, NFTA_RANGE_TO_DATA);
    }

    internal static NftRange ReadData(ref AttributeTable data) => new()
    {
        Source = data.RequiredRegister(NFTA_RANGE_SREG),
        Comparison = (NftComparison)data.RequiredNumber(NFTA_RANGE_OP),
        From = data.RequiredData(NFTA_RANGE_FROM_DATA),
        To = data.RequiredData(NFTA_RANGE_TO_DATA),
    };
}
