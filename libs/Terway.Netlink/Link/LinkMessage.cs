using System.Text;
using static Terway.Netlink.LinkConstants;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>A link, as in <c>ip link</c> (<c>RTM_NEWLINK</c>).</summary>
/// <remarks>In a request, null leaves a property to the kernel. Build requests from a fresh message rather than from one that was read:
/// a read one carries attributes that a request must not have.</remarks>
public sealed record LinkMessage : INetlinkMessage<LinkMessage>
{
    /// <summary>The index. In a request <see cref="IfIndex.None"/> means: by <see cref="Name"/>, or the kernel's choice when creating.</summary>
    public IfIndex Index { get; init; }

    /// <summary>The name, 1 to 15 bytes (see <see cref="InterfaceName"/>).</summary>
    public string? Name { get; init; }

    /// <summary>Alternative names (<c>altname</c>; Linux 5.5). Read only: see <see cref="LinkCommands.AddAlternativeName"/>.</summary>
    public EquatableArray<string> AlternativeNames { get; init; }

    /// <summary>The flags. In a request only those in <see cref="FlagsMask"/> are changed.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>In a request the flags to change; zero when read.</summary>
    public LinkFlags FlagsMask { get; init; }

    /// <summary>The hardware type, <c>ARPHRD_*</c>: 1 is Ethernet, 772 loopback.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>The kind of a virtual link with its settings; null for a physical one and for loopback.</summary>
    public LinkKind? Kind { get; init; }

    /// <summary>The Ethernet address; null when the link has none or one of another length.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The Ethernet broadcast address.</summary>
    public MacAddress? Broadcast { get; init; }

    /// <summary>The address that the hardware was made with; kept when <see cref="Mac"/> is changed.</summary>
    public MacAddress? PermanentMac { get; init; }

    /// <summary>The largest packet in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The link that this one is stacked on, or a veth's peer (<c>name@parent</c>); its index counts in <see cref="ParentNamespaceId"/>.</summary>
    public IfIndex? Parent { get; init; }

    /// <summary>The namespace id (nsid) that <see cref="Parent"/> lives in; null when it is this one.</summary>
    public int? ParentNamespaceId { get; init; }

    /// <summary>The bridge (or vrf, bond) that the link is a port of; <see cref="IfIndex.None"/> in a request releases it.</summary>
    public IfIndex? Master { get; init; }

    /// <summary>The group, 0 by default.</summary>
    public uint? Group { get; init; }

    /// <summary>The length of the transmit queue in packets (<c>qlen</c>).</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>The number of transmit queues.</summary>
    public uint? TxQueues { get; init; }

    /// <summary>The number of receive queues.</summary>
    public uint? RxQueues { get; init; }

    /// <summary>The kind of the root qdisc. Read only.</summary>
    public string? Qdisc { get; init; }

    /// <summary>The operational state. Read only for most kinds.</summary>
    public OperationalState? State { get; init; }

    /// <summary>A text for people (<c>alias</c>), up to 255 bytes.</summary>
    public string? Alias { get; init; }

    /// <summary>In a request the namespace to create the link in or move it to; never set when read.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>In a request the namespace to work on, by its id in the connection's namespace (Linux 4.20).</summary>
    public int? TargetNamespaceId { get; init; }

    /// <summary>What else <c>IFLA_LINKINFO</c> holds, such as the settings of a bridge port.</summary>
    public RawAttributes PortAttributes { get; init; } = RawAttributes.Empty;

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>Whether the link is administratively up.</summary>
    public bool IsUp => Flags.HasFlag(LinkFlags.Up);

    /// <summary>Counters of packets and bytes; null in a request.</summary>
    public LinkStatistics? Statistics =>
        Unknown.TryGet(IFLA_STATS64, out var payload) ? LinkStatistics.Read(payload) : null;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new LinkHeader { Type = HardwareType, Index = Index.Value, Flags = (uint)Flags, Change = (uint)FlagsMask });
        WriteAttributes(ref writer);
    }

    internal void WriteAttributes(ref NetlinkWriter writer)
    {
        writer.WriteString(IFLA_IFNAME, Name);
        writer.WriteMac(IFLA_ADDRESS, Mac);
        writer.WriteMac(IFLA_BROADCAST, Broadcast);
        writer.WriteUInt32(IFLA_MTU, Mtu);
        writer.WriteIndex(IFLA_LINK, Parent);
        writer.WriteString(IFLA_QDISC, Qdisc);
        writer.WriteIndex(IFLA_MASTER, Master);
        writer.WriteUInt32(IFLA_TXQLEN, TxQueueLength);
        writer.WriteByte(IFLA_OPERSTATE, (byte?)State);
        writer.WriteString(IFLA_IFALIAS, Alias);
        writer.WriteUInt32(IFLA_GROUP, Group);
        writer.WriteInt32(IFLA_NET_NS_FD, Namespace?.Descriptor);
        writer.WriteUInt32(IFLA_NUM_TX_QUEUES, TxQueues);
        writer.WriteUInt32(IFLA_NUM_RX_QUEUES, RxQueues);
        writer.WriteInt32(IFLA_LINK_NETNSID, ParentNamespaceId);
        writer.WriteInt32(IFLA_TARGET_NETNSID, TargetNamespaceId);
        WriteAlternativeNames(ref writer);
        writer.WriteMac(IFLA_PERM_ADDRESS, PermanentMac);
        WriteLinkInfo(ref writer);
        writer.WriteRaw(Unknown);
    }

    private void WriteAlternativeNames(ref NetlinkWriter writer)
    {
        if (AlternativeNames.IsEmpty)
            return;
        var list = writer.BeginNested(IFLA_PROP_LIST | NLA_F_NESTED);
        foreach (var name in AlternativeNames)
            writer.WriteString(IFLA_ALT_IFNAME, name);
        writer.EndNested(list);
    }

    private void WriteLinkInfo(ref NetlinkWriter writer)
    {
        if (Kind is null && PortAttributes.IsEmpty)
            return;
        var info = writer.BeginNested(IFLA_LINKINFO);
        Kind?.Write(ref writer);
        writer.WriteRaw(PortAttributes);
        writer.EndNested(info);
    }

    static LinkMessage INetlinkMessage<LinkMessage>.Read(NetlinkReader reader) => Read(reader);

    internal static LinkMessage Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<LinkHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[IFLA_PERM_ADDRESS + 1]);
        var info = new AttributeTable(
            table.TryTake(IFLA_LINKINFO, out var linkInfo) ? linkInfo.Nested : default, stackalloc AttributeSlot[IFLA_INFO_DATA + 1]);
        return new LinkMessage
        {
            Index = new(header.Index),
            Flags = (LinkFlags)header.Flags,
            FlagsMask = (LinkFlags)header.Change,
            HardwareType = header.Type,
            Name = table.String(IFLA_IFNAME),
            Mac = table.Mac(IFLA_ADDRESS),
            Broadcast = table.Mac(IFLA_BROADCAST),
            PermanentMac = table.Mac(IFLA_PERM_ADDRESS),
            Mtu = table.UInt32(IFLA_MTU),
            Parent = table.Index(IFLA_LINK),
            ParentNamespaceId = table.Int32(IFLA_LINK_NETNSID),
            Master = table.Index(IFLA_MASTER),
            Group = table.UInt32(IFLA_GROUP),
            TxQueueLength = table.UInt32(IFLA_TXQLEN),
            TxQueues = table.UInt32(IFLA_NUM_TX_QUEUES),
            RxQueues = table.UInt32(IFLA_NUM_RX_QUEUES),
            Qdisc = table.String(IFLA_QDISC),
            State = (OperationalState?)table.Byte(IFLA_OPERSTATE),
            Alias = table.String(IFLA_IFALIAS),
            TargetNamespaceId = table.Int32(IFLA_TARGET_NETNSID),
            AlternativeNames = ReadAlternativeNames(ref table),
            Kind = LinkKind.Read(ref info),
            PortAttributes = info.TakeRest(),
            Unknown = table.TakeRest(),
        };
    }

    private static EquatableArray<string> ReadAlternativeNames(ref AttributeTable table)
    {
        if (!table.TryTake(IFLA_PROP_LIST, out var list))
            return [];
        var names = new List<string>();
        var nested = list.Nested;
        while (nested.TryReadAttribute(out var property))
        {
            if (property.Type == IFLA_ALT_IFNAME)
                names.Add(property.ReadString());
        }
        return [.. names];
    }

    /// <summary>The link in the words of <c>ip link</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Name ?? (Index.IsNone ? string.Empty : $"if{Index}"));
        if (Kind is not null)
            text.Append(" type ").Append(Kind);
        if (Mac is { } mac)
            text.Append(" address ").Append(mac);
        if (Mtu is { } mtu)
            text.Append(" mtu ").Append(mtu);
        if (Master is { } master)
            text.Append(master.IsNone ? " nomaster" : $" master {master}");
        if (Group is { } group)
            text.Append(" group ").Append(group);
        if (FlagsMask.HasFlag(LinkFlags.Up))
            text.Append(IsUp ? " up" : " down");
        return text.ToString().TrimStart();
    }
}
