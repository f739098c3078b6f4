namespace Terway.Netlink;

/// <summary>Tells of the packet: to the kernel's log, or to a group of nfnetlink_log: <c>log</c>.</summary>
public sealed record NftLog : NftExpression
{
    internal const string KindName = "log";

    private const ushort NFTA_LOG_GROUP = 1;
    private const ushort NFTA_LOG_PREFIX = 2;
    private const ushort NFTA_LOG_SNAPLEN = 3;
    private const ushort NFTA_LOG_QTHRESHOLD = 4;
    private const ushort NFTA_LOG_LEVEL = 5;
    private const ushort NFTA_LOG_FLAGS = 6;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What stands before it: up to 127 bytes.</summary>
    public string? Prefix { get; init; }

    /// <summary>The group that listens; null is the kernel's log. It excludes level and flags.</summary>
    public ushort? Group { get; init; }

    /// <summary>The level in the kernel's log, 0 (emergency) to 7 (debug); null is 4.</summary>
    public uint? Level { get; init; }

    /// <summary>How many bytes of the packet a group gets; null is all.</summary>
    public uint? SnapLength { get; init; }

    /// <summary>How many packets a group gets together; null is 1.</summary>
    public ushort? QueueThreshold { get; init; }

    /// <summary>What else the kernel's log tells (<c>NF_LOG_*</c>).</summary>
    public uint? Flags { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt16BigEndian(NFTA_LOG_GROUP, Group);
        writer.WriteString(NFTA_LOG_PREFIX, Prefix);
        writer.WriteUInt32BigEndian(NFTA_LOG_SNAPLEN, SnapLength);
        writer.WriteUInt16BigEndian(NFTA_LOG_QTHRESHOLD, QueueThreshold);
        writer.WriteUInt32BigEndian(NFTA_LOG_LEVEL, Level);
        writer.WriteUInt32BigEndian(NFTA_LOG_FLAGS, Flags);
    }

    internal static NftLog ReadData(ref AttributeTable data) => new()
    {
        Group = data.UInt16BigEndian(NFTA_LOG_GROUP),
        Prefix = data.String(NFTA_LOG_PREFIX),
        SnapLength = data.UInt32BigEndian(NFTA_LOG_SNAPLEN),
        QueueThreshold = data.UInt16BigEndian(NFTA_LOG_QTHRESHOLD),
        Level = data.UInt32BigEndian(NFTA_LOG_LEVEL),
        Flags = data.UInt32BigEndian(NFTA_LOG_FLAGS),
    };
}
