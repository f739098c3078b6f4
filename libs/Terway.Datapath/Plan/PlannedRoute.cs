using System.Net;
using System.Text;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A unicast route (<c>ip route</c>).</summary>
public sealed record PlannedRoute
{
    /// <summary>Where it leads; a prefix of length 0 is the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The name of the link it leaves through.</summary>
    public required string Device { get; init; }

    /// <summary>The next hop; null for a destination on the link itself.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The next hop is on the link although no address there says so (<c>onlink</c>).</summary>
    public bool OnLink { get; init; }

    /// <summary>The routing table.</summary>
    public RouteTable Table { get; init; } = RouteTable.Main;

    /// <summary>Other links carry a route to the same destination too: this one is added beside theirs instead of in the place of one.</summary>
    internal bool IsBesideOthers { get; init; }

    internal IpFamily Family => Families.Of(Destination.BaseAddress);

    /// <summary>Scope link is IPv4's word for "no next hop"; IPv6 routes have no scope and are always dumped with 0.</summary>
    internal bool IsScopeLink => Gateway is null && Family == IpFamily.IPv4;

    /// <summary>The route as <c>ip route add</c> would be told.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("route ");
        if (Destination.PrefixLength == 0)
            text.Append("default");
        else
            text.Append(Destination);
        if (Gateway is not null)
            text.Append(" via ").Append(Gateway);
        text.Append(" dev ").Append(Device);
        if (IsScopeLink)
            text.Append(" scope link");
        if (OnLink)
            text.Append(" onlink");
        if (Table != RouteTable.Main)
            text.Append(" table ").Append(Table);
        return text.ToString();
    }
}
