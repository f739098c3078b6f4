using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Reads the node's own addresses from its kernel: those of the link that carries the default route.</summary>
public static class NodeFactsReader
{
    /// <summary>The facts of the target's node.</summary>
    /// <param name="target">The node's namespace.</param>
    /// <exception cref="DatapathException">There is no default route, or no global address on the link that carries it.</exception>
    public static NodeFacts Read(PlanTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var (link4, address4) = Find(target.Node, IpFamily.IPv4);
        var (link6, address6) = Find(target.Node, IpFamily.IPv6);
        if ((link4 ?? link6) is not { } primary || (address4 ?? address6) is null)
            throw new DatapathException(DatapathError.NodeAddressNotFound, "The node's address is not known: no link with a global address carries a default route.");
        var name = target.Node.Links.Get(primary).Name!;
        return new NodeFacts
        {
            IPv4 = address4,
            IPv6 = address6,
            PrimaryLink = name,
            PrimaryAcceptsRouterAdvertisements = address6 is not null && AcceptsRouterAdvertisements(target, name),
        };
    }

    /// <summary>The default route of the lowest metric decides, as it does for the node's own packets.</summary>
    private static (IfIndex? Link, IPAddress? Address) Find(RtNetlink node, IpFamily family)
    {
        var link = node.Routes.List(new RouteFilter { Family = family, Table = RouteTable.Main })
            .Where(route => route.IsDefault)
            .OrderBy(route => route.Priority ?? 0)
            .Select(LinkOf)
            .FirstOrDefault(found => found is not null);
        if (link is null)
            return (null, null);
        var address = node.Addresses.List(new AddressFilter { Family = family, Interface = link })
            .FirstOrDefault(address => address.Scope == RouteScope.Universe && (address.Flags & AddressFlags.Deprecated) == AddressFlags.None);
        return address is null ? (null, null) : (link, address.Address.Address);
    }

    private static IfIndex? LinkOf(RouteMessage route) =>
        route.OutputInterface ?? (route.NextHops.IsEmpty ? null : route.NextHops[0].OutputInterface);

    private static bool AcceptsRouterAdvertisements(PlanTarget target, string link)
    {
        var accepting = PlannedSysctl.IPv6(link, "accept_ra", "1");
        return PlanSysctls.Different(target, PlanScope.Node, [accepting]).Count == 0;
    }
}
