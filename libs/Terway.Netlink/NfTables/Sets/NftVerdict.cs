using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>What becomes of a packet (<c>NF_*</c>, <c>NFT_*</c>).</summary>
public enum NftVerdictCode
{
    /// <summary>It is dropped.</summary>
    Drop = 0,

    /// <summary>It passes this base chain.</summary>
    Accept = 1,

    /// <summary>A program decides.</summary>
    Queue = 3,

    /// <summary>The next rule follows.</summary>
    Continue = -1,

    /// <summary>The rule ends.</summary>
    Break = -2,

    /// <summary>Another chain follows, and then the next rule.</summary>
    Jump = -3,

    /// <summary>Another chain follows.</summary>
    Goto = -4,

    /// <summary>The chain ends.</summary>
    Return = -5,
}

/// <summary>A verdict with its chain.</summary>
/// <param name="Code">What becomes of the packet.</param>
/// <param name="Chain">The chain of <see cref="NftVerdictCode.Jump"/> and <see cref="NftVerdictCode.Goto"/>, in the same table.</param>
public readonly record struct NftVerdict(NftVerdictCode Code, string? Chain = null)
{
    /// <summary>Drops the packet.</summary>
    public static NftVerdict Drop => new(NftVerdictCode.Drop);

    /// <summary>Lets the packet pass this base chain.</summary>
    public static NftVerdict Accept => new(NftVerdictCode.Accept);

    /// <summary>Ends the chain.</summary>
    public static NftVerdict Return => new(NftVerdictCode.Return);

    /// <summary>Goes on with the next rule.</summary>
    public static NftVerdict Continue => new(NftVerdictCode.Continue);

    /// <summary>Evaluates a chain and then the next rule.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The verdict.</returns>
    public static NftVerdict Jump(string chain) => new(NftVerdictCode.Jump, chain);

    /// <summary>Evaluates a chain instead of what follows.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The verdict.</returns>
    public static NftVerdict Goto(string chain) => new(NftVerdictCode.Goto, chain);

    /// <summary>The verdict in the words of <c>nft</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Chain is null ? Code.ToString().ToLowerInvariant() : $"{Code.ToString().ToLowerInvariant()} {Chain}";

    internal void Write(ref NetlinkWriter writer, ushort type)
    {
        var data = writer.BeginNested(type);
        var verdict = writer.BeginNested(NFTA_DATA_VERDICT);
        writer.WriteUInt32BigEndian(NFTA_VERDICT_CODE, (uint)Code);
        writer.WriteString(NFTA_VERDICT_CHAIN, Chain);
        writer.EndNested(verdict);
        writer.EndNested(data);
    }

    internal static NftVerdict? Read(NetlinkReader data)
    {
        if (!data.Find(NFTA_DATA_VERDICT, out var nested))
            return null;
        var verdict = new AttributeTable(nested.Nested, stackalloc AttributeSlot[NFTA_VERDICT_CHAIN + 1]);
        var code = verdict.UInt32BigEndian(NFTA_VERDICT_CODE) ?? throw NetlinkReader.Malformed("a verdict without code");
        return new((NftVerdictCode)code, verdict.String(NFTA_VERDICT_CHAIN));
    }
}
