namespace Terway.Netlink;

/// <summary>Compares a register with a value; the rule goes on if it holds: <c>cmp</c>.</summary>
public sealed record NftCompare : NftExpression
{
    internal const string KindName = "cmp";

    private const ushort NFTA_CMP_SREG = 1;
    private const ushort NFTA_CMP_OP = 2;
    private const ushort NFTA_CMP_DATA = 3;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The register.</summary>
    public NftRegister Source { get; init; } = NftRegister.First;

    /// <summary>How.</summary>
    public NftComparison Comparison { get; init; }

    /// <summary>The value; only as many bytes as it has are compared.</summary>
    public required NftData Data { get; init; }

    /// <summary>The first register is a value.</summary>
    /// <param name="data">The value.</param>
    /// <returns>The expression.</returns>
    public static NftCompare Equal(NftData data) => new() { Data = data };

    /// <summary>The first register is not a value.</summary>
    /// <param name="data">The value.</param>
    /// <returns>The expression.</returns>
    public static NftCompare NotEqual(NftData data) => new() { Data = data, Comparison = NftComparison.NotEqual };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_CMP_SREG, Source);
        writer.WriteUInt32BigEndian(NFTA_CMP_OP, (uint)Comparison);
        Data.Write(ref writer, NFTA_CMP_DATA);
    }

    internal static NftCompare ReadData(ref AttributeTable data) => new()
    {
        Source = data.RequiredRegister(NFTA_CMP_SREG),
        Comparison = (NftComparison)data.RequiredNumber(NFTA_CMP_OP),
        Data = data.RequiredData(NFTA_CMP_DATA),
    };
}
