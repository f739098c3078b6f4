using System.Net;
using static Terway.Netlink.RouteConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>A route, as in <c>ip route</c> (<c>RTM_NEWROUTE</c>).</summary>
/// <remarks>In a request, what is null is chosen as <c>ip route</c> does: see each property.</remarks>
public sealed record RouteMessage : INetlinkMessage<RouteMessage>
{
    /// <summary>The family. In a request it follows from the addresses; only an IPv6 default route without any address must state it.</summary>
    public IpFamily Family
    {
        get => field != IpFamily.Unspecified ? field : InferFamily();
        init;
    }

    /// <summary>The destination; null is <c>default</c>.</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>The source that packets must have (IPv6 only); null is any.</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>The type of service that packets must have; 0 is any.</summary>
    public byte Tos { get; init; }

    /// <summary>The table.</summary>
    public RouteTable Table { get; init; } = RouteTable.Main;

    /// <summary>The type; null is unicast when adding and any when deleting.</summary>
    public RouteType? Type { get; init; }

    /// <summary>Who made it; null is <see cref="RouteProtocol.Boot"/> when adding and any when deleting.</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>The scope; null is, when adding, <c>link</c> for a unicast route without gateway, <c>host</c> for a local one, else global; any when deleting.</summary>
    public RouteScope? Scope { get; init; }

    /// <summary>The flags; <see cref="RouteFlags.OnLink"/> is the one to set.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>The gateway. May be of the other family than the route (Linux 5.2).</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The link to send through.</summary>
    public IfIndex? OutputInterface { get; init; }

    /// <summary>The link that packets came in through; in a look-up.</summary>
    public IfIndex? InputInterface { get; init; }

    /// <summary>The metric: of two equal routes the lower one wins. IPv6 takes 1024 for null.</summary>
    public uint? Priority { get; init; }

    /// <summary>The source address that packets of this host get.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>What is known of the path.</summary>
    public RouteMetrics? Metrics { get; init; }

    /// <summary>The next hops of a multipath route; else empty.</summary>
    public EquatableArray<NextHop> NextHops { get; init; }

    /// <summary>The next hop object (<c>nhid</c>; Linux 5.3).</summary>
    public uint? NextHopId { get; init; }

    /// <summary>The preference of an IPv6 router: 0 medium, 1 high, 3 low.</summary>
    public byte? Preference { get; init; }

    /// <summary>The mark of packets; in a look-up.</summary>
    public uint? Mark { get; init; }

    /// <summary>How long it lasts in seconds (IPv6).</summary>
    public uint? Expires { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>Whether this is a default route.</summary>
    public bool IsDefault => Destination is null or { PrefixLength: 0 };

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(Header(type));
        writer.WritePrefix(RTA_DST, Destination);
        writer.WritePrefix(RTA_SRC, Source);
        GatewayCodec.Write(ref writer, Gateway, Family);
        writer.WriteIndex(RTA_OIF, OutputInterface);
        writer.WriteIndex(RTA_IIF, InputInterface);
        writer.WriteUInt32(RTA_PRIORITY, Priority);
        writer.WriteAddress(RTA_PREFSRC, PreferredSource);
        Metrics?.Write(ref writer);
        WriteNextHops(ref writer);
        writer.WriteUInt32(RTA_TABLE, type == RTM_GETROUTE ? null : Table.AttributeValue);
        writer.WriteUInt32(RTA_MARK, Mark);
        writer.WriteByte(RTA_PREF, Preference);
        writer.WriteUInt32(RTA_EXPIRES, Expires);
        writer.WriteUInt32(RTA_NH_ID, NextHopId);
        writer.WriteRaw(Unknown);
    }

    private RouteHeader Header(ushort type)
    {
        var header = new RouteHeader
        {
            Family = (byte)Family,
            DestinationLength = (byte)(Destination?.PrefixLength ?? 0),
            SourceLength = (byte)(Source?.PrefixLength ?? 0),
            Tos = Tos,
            Flags = (uint)Flags,
        };
        // A look-up may state none of the rest: strict checking refuses it.
        if (type == RTM_GETROUTE)
            return header;
        var adding = type == RTM_NEWROUTE;
        header.Table = Table.HeaderByte;
        header.Protocol = (byte)(Protocol ?? (adding ? RouteProtocol.Boot : RouteProtocol.Unspecified));
        header.Type = (byte)(Type ?? (adding ? RouteType.Unicast : RouteType.Unspecified));
        header.Scope = (byte)(Scope ?? (adding ? InferScope() : RouteScope.Nowhere));
        return header;
    }

    private void WriteNextHops(ref NetlinkWriter writer)
    {
        if (NextHops.IsEmpty)
            return;
        var hops = writer.BeginNested(RTA_MULTIPATH);
        foreach (var hop in NextHops)
            hop.Write(ref writer, Family);
        writer.EndNested(hops);
    }

    private IpFamily InferFamily()
    {
        var family = IpFamilies.FirstOf(Destination, Source);
        if (family == IpFamily.Unspecified && (PreferredSource ?? Gateway ?? (NextHops.IsEmpty ? null : NextHops[0].Gateway)) is { } address)
            family = IpFamilies.Of(address);
        return family == IpFamily.Unspecified ? IpFamily.IPv4 : family;
    }

    private RouteScope InferScope() => Type switch
    {
        RouteType.Local => RouteScope.Host,
        RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast => RouteScope.Link,
        null or RouteType.Unicast when Gateway is null && NextHops.IsEmpty && NextHopId is null => RouteScope.Link,
        _ => RouteScope.Universe,
    };

    static RouteMessage INetlinkMessage<RouteMessage>.Read(NetlinkReader reader) => Read(reader);

    internal static RouteMessage Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<RouteHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[RTA_NH_ID + 1]);
        return new RouteMessage
        {
            Family = (IpFamily)header.Family,
            Destination = table.Prefix(RTA_DST, header.DestinationLength),
            Source = table.Prefix(RTA_SRC, header.SourceLength),
            Tos = header.Tos,
            Table = RouteTable.FromId(table.UInt32(RTA_TABLE) ?? header.Table),
            Type = (RouteType)header.Type,
            Protocol = (RouteProtocol)header.Protocol,
            Scope = (RouteScope)header.Scope,
            Flags = (RouteFlags)header.Flags,
            Gateway = GatewayCodec.Read(ref table),
            OutputInterface = table.Index(RTA_OIF),
            InputInterface = table.Index(RTA_IIF),
            Priority = table.UInt32(RTA_PRIORITY),
            PreferredSource = table.Address(RTA_PREFSRC),
            Metrics = RouteMetrics.Read(ref table),
            NextHops = NextHop.ReadAll(ref table),
            NextHopId = table.UInt32(RTA_NH_ID),
            Preference = table.Byte(RTA_PREF),
            Mark = table.UInt32(RTA_MARK),
            Expires = table.UInt32(RTA_EXPIRES),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The route in the words of <c>ip route</c>; links stand as <c>if</c> and their index.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => RouteText.Of(this);
}
