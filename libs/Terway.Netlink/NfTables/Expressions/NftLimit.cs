namespace Terway.Netlink;

/// <summary>Goes on only so many times in a while: <c>limit rate</c>.</summary>
public sealed record NftLimit : NftExpression
{
    internal const string KindName = "limit";

    private const ushort NFTA_LIMIT_RATE = 1;
    private const ushort NFTA_LIMIT_UNIT = 2;
    private const ushort NFTA_LIMIT_BURST = 3;
    private const ushort NFTA_LIMIT_TYPE = 4;
    private const ushort NFTA_LIMIT_FLAGS = 5;
    private const uint NFT_LIMIT_F_INV = 1;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>How many in the unit of time, at least 1.</summary>
    public required ulong Rate { get; init; }

    /// <summary>The unit of time in seconds: 1, 60, 3600, 86400 or 604800.</summary>
    public ulong UnitSeconds { get; init; } = 1;

    /// <summary>How many beyond at once; null is 5 packets.</summary>
    public uint? Burst { get; init; }

    /// <summary>What is counted: 0 packets, 1 bytes; null is 0.</summary>
    public uint? Type { get; init; }

    /// <summary>Goes on beyond the limit instead: <c>limit rate over</c>; null is no.</summary>
    public bool? Invert { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NFTA_LIMIT_RATE, Rate);
        writer.WriteUInt64BigEndian(NFTA_LIMIT_UNIT, UnitSeconds);
        writer.WriteUInt32BigEndian(NFTA_LIMIT_BURST, Burst);
        writer.WriteUInt32BigEndian(NFTA_LIMIT_TYPE, Type);
        writer.WriteUInt32BigEndian(NFTA_LIMIT_FLAGS, Invert is { } invert ? invert ? NFT_LIMIT_F_INV : 0 : null);
    }

    internal static NftLimit ReadData(ref AttributeTable data) => new()
    {
        Rate = data.UInt64BigEndian(NFTA_LIMIT_RATE) ?? throw NetlinkReader.Malformed("a limit without rate"),
        UnitSeconds = data.UInt64BigEndian(NFTA_LIMIT_UNIT) ?? throw NetlinkReader.Malformed("a limit without unit"),
        Burst = data.UInt32BigEndian(NFTA_LIMIT_BURST),
        Type = data.UInt32BigEndian(NFTA_LIMIT_TYPE),
        Invert = data.UInt32BigEndian(NFTA_LIMIT_FLAGS) is { } flags ? (flags & NFT_LIMIT_F_INV) != 0 : null,
    };
}
