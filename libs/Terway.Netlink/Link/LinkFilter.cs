using static Terway.Netlink.LinkConstants;

namespace Terway.Netlink;

/// <summary>Which links to list; without any property set, all.</summary>
public sealed record LinkFilter : IDumpFilter<LinkMessage>
{
    /// <summary>Only the ports of this bridge.</summary>
    public IfIndex? Master { get; init; }

    /// <summary>Only links of this kind, such as <c>veth</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Only links of this group.</summary>
    public uint? Group { get; init; }

    /// <summary>The namespace to list, by its id in the connection's namespace (Linux 4.20).</summary>
    public int? TargetNamespaceId { get; init; }

    internal static LinkFilter All { get; } = new();

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(default(LinkHeader));
        writer.WriteUInt32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        writer.WriteIndex(IFLA_MASTER, Master);
        writer.WriteInt32(IFLA_TARGET_NETNSID, TargetNamespaceId);
        if (Kind is null)
            return;
        var info = writer.BeginNested(IFLA_LINKINFO);
        writer.WriteString(IFLA_INFO_KIND, Kind);
        writer.EndNested(info);
    }

    bool IDumpFilter<LinkMessage>.Matches(LinkMessage message) =>
        (Master is null || message.Master == Master)
        && (Kind is null || message.Kind?.Name == Kind)
        && (Group is null || message.Group == Group);
}
