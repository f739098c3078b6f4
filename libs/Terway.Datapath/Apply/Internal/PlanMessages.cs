using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Planned objects as netlink messages.</summary>
internal static class PlanMessages
{
    internal static AddressMessage ToMessage(this PlannedAddress address, IfIndex link) => new()
    {
        Interface = link,
        Address = address.Address,
        Flags = address.SkipsDuplicateDetection ? AddressFlags.NoDuplicateDetection : AddressFlags.None,
    };

    internal static NeighbourMessage ToMessage(this PlannedNeighbour neighbour, IfIndex link) => new()
    {
        Interface = link,
        Destination = neighbour.Address,
        Mac = neighbour.Mac,
        State = NeighbourStates.Permanent,
    };

    internal static RouteMessage ToMessage(this PlannedRoute route, IfIndex link) => new()
    {
        Family = route.Family,
        Destination = route.Destination,
        Gateway = route.Gateway,
        OutputInterface = link,
        Table = route.Table,
        Flags = route.OnLink ? RouteFlags.OnLink : RouteFlags.None,
    };

    /// <summary>Without a maker, as <c>ip rule add</c> makes it.</summary>
    internal static RuleMessage ToMessage(this PlannedRule rule) => rule.ToSelector() with { Table = rule.Table, Protocol = RouteProtocol.Unspecified };

    /// <summary>The rule without its table: in a deletion, whichever table it has.</summary>
    internal static RuleMessage ToSelector(this PlannedRule rule) => new()
    {
        Priority = rule.Priority,
        Source = rule.Source,
        Destination = rule.Destination,
    };

    /// <summary>Both ends of a pair in one request, down; the pod's end is born in the pod's namespace under its final name.</summary>
    internal static LinkMessage ToPairMessage(this PlannedLink host, PlannedLink pod, NetworkNamespace podNamespace) => new()
    {
        Name = host.Name,
        Mac = host.Mac,
        Mtu = (uint?)host.Mtu,
        Kind = new VethKind
        {
            Peer = new LinkMessage { Name = pod.Name, Mac = pod.Mac, Mtu = (uint?)pod.Mtu, Namespace = podNamespace },
        },
    };
}
