using System.Net;
using static Terway.Netlink.RtnetlinkConstants;
using static Terway.Netlink.RuleConstants;

namespace Terway.Netlink;

/// <summary>A rule that chooses the routing table for packets, as in <c>ip rule</c> (<c>RTM_NEWRULE</c>).</summary>
/// <remarks>A selector that is null matches any packet. To delete, null means any value, and zero is a value.</remarks>
public sealed record RuleMessage : INetlinkMessage<RuleMessage>
{
    /// <summary>The family. In a request it follows from the prefixes, else it is IPv4: a rule without a prefix exists once per family.</summary>
    public IpFamily Family
    {
        get => field != IpFamily.Unspecified ? field
            : IpFamilies.FirstOf(Source, Destination) is not IpFamily.Unspecified and var family ? family
            : IpFamily.IPv4;
        init;
    }

    /// <summary>The priority; lower ones are asked first. Null when adding: below the lowest one that is there.</summary>
    public uint? Priority { get; init; }

    /// <summary>The source of packets (<c>from</c>).</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>The destination of packets (<c>to</c>).</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>The type of service of packets; 0 is any.</summary>
    public byte Tos { get; init; }

    /// <summary>What is done; null is <see cref="RuleAction.ToTable"/> when adding and any when deleting.</summary>
    public RuleAction? Action { get; init; }

    /// <summary>The table to look in (<c>lookup</c>); null is main when adding and any when deleting.</summary>
    public RouteTable? Table { get; init; }

    /// <summary>The flags; <see cref="RuleFlags.Invert"/> is the one to set.</summary>
    public RuleFlags Flags { get; init; }

    /// <summary>The name of the link that packets come in through (<c>iif</c>); <c>lo</c> means packets of this host.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The name of the link that packets go out through (<c>oif</c>): of sockets bound to a link.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>The mark of packets (<c>fwmark</c>).</summary>
    public uint? Mark { get; init; }

    /// <summary>The bits of the mark that count; null when adding: all.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>The IP protocol of packets (<c>ipproto</c>).</summary>
    public byte? IpProtocol { get; init; }

    /// <summary>The source ports of packets (<c>sport</c>).</summary>
    public PortRange? SourcePorts { get; init; }

    /// <summary>The destination ports of packets (<c>dport</c>).</summary>
    public PortRange? DestinationPorts { get; init; }

    /// <summary>The users whose sockets send the packets (<c>uidrange</c>).</summary>
    public UserIdRange? UserIds { get; init; }

    /// <summary>The tunnel that packets came in through (<c>tun_id</c>).</summary>
    public ulong? TunnelId { get; init; }

    /// <summary>Ignores routes with a prefix of this length or less (<c>suppress_prefixlength</c>).</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>Ignores routes through links of this group (<c>suppress_ifgroup</c>).</summary>
    public uint? SuppressInterfaceGroup { get; init; }

    /// <summary>The priority of the rule to go on at.</summary>
    public uint? Goto { get; init; }

    /// <summary>The realms (<c>realms</c>): source in the upper half.</summary>
    public uint? Realms { get; init; }

    /// <summary>1 looks in the table of the packet's vrf (<c>l3mdev</c>).</summary>
    public byte? L3Mdev { get; init; }

    /// <summary>Who made it (Linux 4.17); null when adding is <see cref="RouteProtocol.Unspecified"/>.</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        var adding = type == RTM_NEWRULE;
        var table = Table ?? (adding && (Action ?? RuleAction.ToTable) == RuleAction.ToTable ? RouteTable.Main : RouteTable.Unspecified);
        writer.WriteStruct(new RuleHeader
        {
            Family = (byte)Family,
            DestinationLength = (byte)(Destination?.PrefixLength ?? 0),
            SourceLength = (byte)(Source?.PrefixLength ?? 0),
            Tos = Tos,
            Table = table.HeaderByte,
            Action = (byte)(Action ?? (adding ? RuleAction.ToTable : RuleAction.Unspecified)),
            Flags = (uint)Flags,
        });
        writer.WriteUInt32(FRA_PRIORITY, Priority);
        writer.WritePrefix(FRA_SRC, Source);
        writer.WritePrefix(FRA_DST, Destination);
        writer.WriteString(FRA_IIFNAME, InputInterface);
        writer.WriteString(FRA_OIFNAME, OutputInterface);
        writer.WriteUInt32(FRA_FWMARK, Mark);
        writer.WriteUInt32(FRA_FWMASK, MarkMask);
        writer.WriteUInt32(FRA_TABLE, table.AttributeValue);
        writer.WriteByte(FRA_IP_PROTO, IpProtocol);
        WriteRanges(ref writer);
        writer.WriteUInt64BigEndian(FRA_TUN_ID, TunnelId);
        writer.WriteInt32(FRA_SUPPRESS_PREFIXLEN, SuppressPrefixLength);
        writer.WriteUInt32(FRA_SUPPRESS_IFGROUP, SuppressInterfaceGroup);
        writer.WriteUInt32(FRA_GOTO, Goto);
        writer.WriteUInt32(FRA_FLOW, Realms);
        writer.WriteByte(FRA_L3MDEV, L3Mdev);
        writer.WriteByte(FRA_PROTOCOL, (byte?)Protocol);
        writer.WriteRaw(Unknown);
    }

    private void WriteRanges(ref NetlinkWriter writer)
    {
        if (SourcePorts is { } source)
            writer.WriteAttributeStruct(FRA_SPORT_RANGE, source);
        if (DestinationPorts is { } destination)
            writer.WriteAttributeStruct(FRA_DPORT_RANGE, destination);
        if (UserIds is { } users)
            writer.WriteAttributeStruct(FRA_UID_RANGE, users);
    }

    static RuleMessage INetlinkMessage<RuleMessage>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<RuleHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[FRA_DPORT_RANGE + 1]);
        var tableId = table.UInt32(FRA_TABLE) ?? header.Table;
        return new RuleMessage
        {
            Family = (IpFamily)header.Family,
            // The kernel leaves the attribute out for 0.
            Priority = table.UInt32(FRA_PRIORITY) ?? 0,
            Source = table.Prefix(FRA_SRC, header.SourceLength),
            Destination = table.Prefix(FRA_DST, header.DestinationLength),
            Tos = header.Tos,
            Action = (RuleAction)header.Action,
            Table = tableId == 0 ? null : RouteTable.FromId(tableId),
            Flags = (RuleFlags)header.Flags,
            InputInterface = table.String(FRA_IIFNAME),
            OutputInterface = table.String(FRA_OIFNAME),
            // The kernel leaves a mark of 0 out, but not the mask of one.
            Mark = table.UInt32(FRA_FWMARK) ?? (table.Has(FRA_FWMASK) ? 0 : null),
            MarkMask = table.UInt32(FRA_FWMASK),
            IpProtocol = table.Byte(FRA_IP_PROTO),
            SourcePorts = table.Struct<PortRange>(FRA_SPORT_RANGE),
            DestinationPorts = table.Struct<PortRange>(FRA_DPORT_RANGE),
            UserIds = table.Struct<UserIdRange>(FRA_UID_RANGE),
            TunnelId = table.UInt64BigEndian(FRA_TUN_ID),
            // The kernel sends -1 for "not set" in every answer.
            SuppressPrefixLength = table.Int32(FRA_SUPPRESS_PREFIXLEN) is >= 0 and var length ? length : null,
            SuppressInterfaceGroup = table.Int32(FRA_SUPPRESS_IFGROUP) is >= 0 and var group ? (uint)group : null,
            Goto = table.UInt32(FRA_GOTO),
            Realms = table.UInt32(FRA_FLOW),
            L3Mdev = table.Byte(FRA_L3MDEV),
            Protocol = (RouteProtocol?)table.Byte(FRA_PROTOCOL),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The rule in the words of <c>ip rule</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => RuleText.Of(this);
}
