using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Plans what pods share: the node's own switches, once per node, and the side of each ENI, once per ENI.</summary>
/// <remarks>The daemon applies these ahead of any pod, so that the plan of a pod stays small whatever else the node carries.</remarks>
public static class NodePlanner
{
    /// <summary>The node-wide kernel parameters: forwarding on, reverse path filter off.</summary>
    /// <param name="node">The node.</param>
    public static NetworkPlan PlanNode(NodeFacts node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var sysctls = ImmutableArray.CreateBuilder<PlannedSysctl>();
        if (node.IPv4 is not null)
            AddIPv4(sysctls, node.PrimaryLink);
        if (node.IPv6 is not null)
            AddIPv6(sysctls, node);
        return new NetworkPlan { Title = "The node", Node = new NamespacePlan { Sysctls = sysctls.ToImmutable() } };
    }

    /// <summary>The side of an ENI: up, with the node's address, and a table whose default route is the vSwitch's gateway.</summary>
    /// <param name="eni">The ENI.</param>
    /// <param name="node">The node that carries it.</param>
    /// <exception cref="ArgumentException">The ENI is the node's primary link, whose addresses and routes are not ours; or a gateway is of the other family, or there is no gateway, or a family has a gateway and no node address.</exception>
    public static NetworkPlan PlanEni(EniNetwork eni, NodeFacts node)
    {
        ArgumentNullException.ThrowIfNull(eni);
        ArgumentNullException.ThrowIfNull(node);
        ThrowIfInvalid(eni, node);

        var device = eni.Link.Name;
        var plan = new NamespacePlan
        {
            Links = [new PlannedLink { Name = device, Index = eni.Link.Index, Mtu = eni.Mtu, AlternativeName = EniLinkFinder.AlternativeNameOf(eni.Link.Mac) }],
            Sysctls = EniSysctls(eni),
            Addresses = [.. Families(eni, node).Select(f => new PlannedAddress(InterfaceAddress.Host(f.Node), device))],
            Routes = [.. Families(eni, node).SelectMany(f => GatewayRoutes(f.Gateway, eni.Link))],
        };
        return new NetworkPlan { Title = $"ENI {eni.Link.Mac} ({device})", Node = plan };
    }

    private static void AddIPv4(ImmutableArray<PlannedSysctl>.Builder sysctls, string? primary)
    {
        // The greater of "all" and the link's own value decides about rp_filter; "default" is what the next link is born with.
        foreach (var link in new[] { "default", "all" })
            sysctls.AddRange(IPv4Sysctls.Router(link));
        if (primary is not null)
            sysctls.AddRange(IPv4Sysctls.Router(primary));
    }

    private static void AddIPv6(ImmutableArray<PlannedSysctl>.Builder sysctls, NodeFacts node)
    {
        foreach (var link in new[] { "lo", "all", "default" })
            sysctls.Add(PlannedSysctl.IPv6(link, "disable_ipv6", "0"));
        // Before "all": a forwarding link forgets the routes it was told by advertisements, unless accept_ra is 2.
        if (node is { PrimaryLink: not null, PrimaryAcceptsRouterAdvertisements: true })
            sysctls.Add(PlannedSysctl.IPv6(node.PrimaryLink, "accept_ra", "2"));
        sysctls.Add(PlannedSysctl.IPv6("default", "forwarding", "1"));
        sysctls.Add(PlannedSysctl.IPv6("all", "forwarding", "1"));
    }

    private static ImmutableArray<PlannedSysctl> EniSysctls(EniNetwork eni)
    {
        var sysctls = ImmutableArray.CreateBuilder<PlannedSysctl>();
        if (eni.Gateway4 is not null)
            sysctls.AddRange(IPv4Sysctls.Router(eni.Link.Name));
        if (eni.Gateway6 is not null)
        {
            // The VPC gave the ENI's MAC to nobody else. While duplicate detection ran, the ENI could not ask for its gateway.
            sysctls.Add(PlannedSysctl.IPv6(eni.Link.Name, "accept_dad", "0"));
            sysctls.AddRange(IPv6Sysctls.Router(eni.Link.Name));
        }
        return sysctls.ToImmutable();
    }

    /// <summary>
    /// The node's own address on the ENI gives the ENI a source address without spending one of the VPC's.
    /// IPv6 needs an on-link route to the gateway in main before every kernel takes the onlink default: one per ENI, for those of a vSwitch share it.
    /// </summary>
    private static ImmutableArray<PlannedRoute> GatewayRoutes(IPAddress gateway, EniLink eni)
    {
        var isIPv4 = gateway.AddressFamily == AddressFamily.InterNetwork;
        var toGateway = new PlannedRoute
        {
            Destination = new IPNetwork(isIPv4 ? IPAddress.Any : IPAddress.IPv6Any, 0),
            Gateway = gateway,
            Device = eni.Name,
            OnLink = true,
            Table = eni.Table,
        };
        return isIPv4
            ? [toGateway]
            : [new PlannedRoute { Destination = PolicyRoutePlanner.HostPrefix(gateway), Device = eni.Name, IsBesideOthers = true }, toGateway];
    }

    private static IEnumerable<(IPAddress Gateway, IPAddress Node)> Families(EniNetwork eni, NodeFacts node)
    {
        if (eni.Gateway4 is not null)
            yield return (eni.Gateway4, node.IPv4!);
        if (eni.Gateway6 is not null)
            yield return (eni.Gateway6, node.IPv6!);
    }

    private static void ThrowIfInvalid(EniNetwork eni, NodeFacts node)
    {
        if (eni.Link.Name == node.PrimaryLink)
            throw new ArgumentException($"The ENI {eni.Link.Mac} is the node's primary link {eni.Link.Name}; its addresses belong to the system.", nameof(eni));
        if (eni.Gateway4 is null && eni.Gateway6 is null)
            throw new ArgumentException($"The ENI {eni.Link.Mac} has no gateway.", nameof(eni));
        if (eni.Gateway4 is { AddressFamily: not AddressFamily.InterNetwork })
            throw new ArgumentException($"The ENI {eni.Link.Mac}: {eni.Gateway4} is no IPv4 gateway.", nameof(eni));
        if (eni.Gateway6 is { AddressFamily: not AddressFamily.InterNetworkV6 })
            throw new ArgumentException($"The ENI {eni.Link.Mac}: {eni.Gateway6} is no IPv6 gateway.", nameof(eni));
        if (eni.Gateway4 is not null && node.IPv4 is null)
            throw new ArgumentException($"The ENI {eni.Link.Mac} has the IPv4 gateway {eni.Gateway4}, but the node has no IPv4 address.", nameof(node));
        if (eni.Gateway6 is not null && node.IPv6 is null)
            throw new ArgumentException($"The ENI {eni.Link.Mac} has the IPv6 gateway {eni.Gateway6}, but the node has no IPv6 address.", nameof(node));
    }
}
