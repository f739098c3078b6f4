using static Terway.Netlink.RouteConstants;

namespace Terway.Netlink;

/// <summary>Is shown the routes of a dump one by one.</summary>
public interface IRouteVisitor
{
    /// <summary>The dump starts, or starts anew because routes changed meanwhile: forget what was seen.</summary>
    void Begin();

    /// <summary>A route.</summary>
    /// <param name="route">The route; valid during the call.</param>
    void Visit(RouteView route);
}

/// <summary>A route in the receive buffer, read on demand.</summary>
public readonly ref struct RouteView
{
    private readonly RouteHeader _header;
    private readonly NetlinkReader _body;
    private readonly NetlinkReader _attributes;

    internal RouteView(NetlinkReader body)
    {
        _body = body;
        _header = body.ReadStruct<RouteHeader>();
        _attributes = body;
    }

    /// <summary>The family.</summary>
    public IpFamily Family => (IpFamily)_header.Family;

    /// <summary>The type.</summary>
    public RouteType Type => (RouteType)_header.Type;

    /// <summary>Who made it.</summary>
    public RouteProtocol Protocol => (RouteProtocol)_header.Protocol;

    /// <summary>The scope.</summary>
    public RouteScope Scope => (RouteScope)_header.Scope;

    /// <summary>The flags.</summary>
    public RouteFlags Flags => (RouteFlags)_header.Flags;

    /// <summary>The table.</summary>
    public RouteTable Table => RouteTable.FromId(_attributes.Find(RTA_TABLE, out var table) ? table.ReadUInt32() : _header.Table);

    /// <summary>The length of the destination's prefix; 0 for a default route.</summary>
    public int DestinationLength => _header.DestinationLength;

    /// <summary>The destination's address in network order; empty for a default route.</summary>
    public ReadOnlySpan<byte> Destination => _attributes.Find(RTA_DST, out var destination) ? destination.Payload : default;

    /// <summary>The gateway's address in network order; empty without one.</summary>
    public ReadOnlySpan<byte> Gateway => _attributes.Find(RTA_GATEWAY, out var gateway) ? gateway.Payload : default;

    /// <summary>The link to send through.</summary>
    public IfIndex OutputInterface => _attributes.Find(RTA_OIF, out var index) ? new((int)index.ReadUInt32()) : IfIndex.None;

    /// <summary>The metric; 0 when not stated.</summary>
    public uint Priority => _attributes.Find(RTA_PRIORITY, out var priority) ? priority.ReadUInt32() : 0;

    /// <summary>The route as an object.</summary>
    /// <returns>The object, which may be kept.</returns>
    public RouteMessage ToMessage() => RouteMessage.Read(_body);
}
