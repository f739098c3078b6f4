namespace Terway.Netlink;

/// <summary>Puts a value into a register, or says the verdict: <c>immediate</c>.</summary>
public sealed record NftImmediate : NftExpression
{
    internal const string KindName = "immediate";

    private const ushort NFTA_IMMEDIATE_DREG = 1;
    private const ushort NFTA_IMMEDIATE_DATA = 2;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>Where to.</summary>
    public NftRegister Destination { get; init; } = NftRegister.First;

    /// <summary>The value; null for a verdict.</summary>
    public NftData? Data { get; init; }

    /// <summary>The verdict; null for a value.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>Says the verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The expression.</returns>
    public static NftImmediate Of(NftVerdict verdict) => new() { Destination = NftRegister.Verdict, Verdict = verdict };

    /// <summary>Puts a value into the first register.</summary>
    /// <param name="data">The value.</param>
    /// <returns>The expression.</returns>
    public static NftImmediate Of(NftData data) => new() { Data = data };

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_IMMEDIATE_DREG, Destination);
        Data?.Write(ref writer, NFTA_IMMEDIATE_DATA);
        Verdict?.Write(ref writer, NFTA_IMMEDIATE_DATA);
    }

    internal static NftImmediate ReadData(ref AttributeTable data)
    {
        var destination = data.RequiredRegister(NFTA_IMMEDIATE_DREG);
        if (!data.TryTake(NFTA_IMMEDIATE_DATA, out var nested))
            throw NetlinkReader.Malformed("an immediate without data");
        return new()
        {
            Destination = destination,
            Data = nested.Nested.Find(NfTablesConstants.NFTA_DATA_VALUE, out var value) ? NftData.Read(value) : null,
            Verdict = NftVerdict.Read(nested.Nested),
        };
    }
}
