namespace Terway.Netlink;

/// <summary>How <see cref="NftReject"/> answers (<c>NFT_REJECT_*</c>).</summary>
public enum NftRejectType : uint
{
    /// <summary>With the family's "unreachable", whose code is given.</summary>
    IcmpUnreachable = 0,

    /// <summary>With a reset, to TCP.</summary>
    TcpReset = 1,

    /// <summary>In inet and bridge: with the "unreachable" of the packet's family (<c>icmpx</c>).</summary>
    IcmpxUnreachable = 2,
}

/// <summary>Drops the packet and tells its sender: <c>reject</c>.</summary>
public sealed record NftReject : NftExpression
{
    internal const string KindName = "reject";

    private const ushort NFTA_REJECT_TYPE = 1;
    private const ushort NFTA_REJECT_ICMP_CODE = 2;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>How.</summary>
    public required NftRejectType Type { get; init; }

    /// <summary>The code of the ICMP message; null for a reset.</summary>
    public byte? Code { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NFTA_REJECT_TYPE, (uint)Type);
        writer.WriteByte(NFTA_REJECT_ICMP_CODE, Code);
    }

    internal static NftReject ReadData(ref AttributeTable data) => new()
    {
        Type = (NftRejectType)data.RequiredNumber(NFTA_REJECT_TYPE),
        Code = data.Byte(NFTA_REJECT_ICMP_CODE),
    };
}
