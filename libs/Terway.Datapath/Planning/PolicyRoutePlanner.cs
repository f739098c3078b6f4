using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Plans a pod on a shared ENI: a veth pair, and policy routing between the pod's address and the ENI's own table.</summary>
/// <remarks>
/// <code>
///   pod                          node
///   eth0  10.0.0.5/32  ──veth──  cali…        512: to   10.0.0.5 lookup main       → cali…
///   default via 169.254.1.1                  2048: from 10.0.0.5 lookup 1000+E     → ENI
/// </code>
/// Pure: the same request gives the same plan. The ENI's side is <see cref="NodePlanner.PlanEni"/>'s, made once for all pods of the ENI.
/// </remarks>
public static class PolicyRoutePlanner
{
    private static readonly IPNetwork Everywhere4 = new(IPAddress.Any, 0);
    private static readonly IPNetwork Everywhere6 = new(IPAddress.IPv6Any, 0);

    /// <summary>The plan for one interface of one pod.</summary>
    /// <param name="request">What the pod shall get.</param>
    /// <param name="eni">The ENI that owns the pod's addresses.</param>
    /// <exception cref="ArgumentException">The request contradicts itself; the message names every contradiction.</exception>
    public static NetworkPlan Plan(PodNetworkRequest request, EniLink eni)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(eni);
        PodNetworkRequestValidator.ThrowIfInvalid(request, eni);

        var (hostName, hostMac, ownPodMac) = HostVethName.PairFor(request.PodNamespace, request.PodName, request.IfName);
        var pair = new VethPair(hostName, hostMac, request.IfName, request.PodMac ?? ownPodMac, request.Mtu);
        return new NetworkPlan
        {
            Title = $"{request.IfName} of pod {request.PodNamespace}/{request.PodName}",
            Node = PlanNode(request, eni, pair),
            Pod = PlanPod(request, pair),
        };
    }

    private static NamespacePlan PlanPod(PodNetworkRequest request, VethPair pair) => new()
    {
        Links = [pair.PodEnd],
        Sysctls = request.IPv6 is null ? [] : IPv6Sysctls.For(pair.PodName, forwarding: null),
        Addresses = [.. Addresses(request).Select(address => new PlannedAddress(InterfaceAddress.Host(address), pair.PodName))],
        Neighbours = [.. Addresses(request).Select(address => new PlannedNeighbour(NextHopOf(address.AddressFamily), pair.HostMac, pair.PodName))],
        Routes = [.. PodDestinations(request).Select(destination => PodRoute(destination, pair.PodName))],
    };

    private static NamespacePlan PlanNode(PodNetworkRequest request, EniLink eni, VethPair pair) => new()
    {
        Links = [pair.HostEnd],
        Sysctls = HostSysctls(request, pair.HostName),
        Neighbours = HostNeighbours(request, pair),
        Routes = [.. Addresses(request).Select(address => new PlannedRoute { Destination = HostPrefix(address), Device = pair.HostName })],
        Rules = [.. Addresses(request).SelectMany(address => RulesFor(address, eni.Table))],
    };

    /// <summary>The two rules of a pod's address. The second has no iif: what the node itself sends from a pod's address takes the ENI too.</summary>
    internal static ImmutableArray<PlannedRule> RulesFor(IPAddress address, RouteTable eniTable) =>
    [
        new() { Priority = OwnedObjects.ToPodPriority, Destination = HostPrefix(address), Table = RouteTable.Main },
        new() { Priority = OwnedObjects.FromPodPriority, Source = HostPrefix(address), Table = eniTable },
    ];

    internal static IPNetwork HostPrefix(IPAddress address) => InterfaceAddress.Host(address).Network;

    private static IPAddress NextHopOf(AddressFamily family) =>
        family == AddressFamily.InterNetwork ? OwnedObjects.NextHop4 : OwnedObjects.NextHop6;

    private static IEnumerable<IPAddress> Addresses(PodNetworkRequest request)
    {
        if (request.IPv4 is not null)
            yield return request.IPv4;
        if (request.IPv6 is not null)
            yield return request.IPv6;
    }

    private static IEnumerable<IPNetwork> PodDestinations(PodNetworkRequest request)
    {
        if (request.DefaultRoute && request.IPv4 is not null)
            yield return Everywhere4;
        if (request.DefaultRoute && request.IPv6 is not null)
            yield return Everywhere6;
        foreach (var destination in request.ExtraRoutes)
            yield return destination;
    }

    /// <summary>
    /// Extra routes take the link-local next hop as the default route does. The subnet's gateway would be the next hop to write down,
    /// but nothing on a veth answers its ARP requests.
    /// </summary>
    private static PlannedRoute PodRoute(IPNetwork destination, string device) => new()
    {
        Destination = destination,
        Gateway = NextHopOf(destination.BaseAddress.AddressFamily),
        Device = device,
        OnLink = true,
    };

    /// <summary>
    /// IPv6 only: the host end has no link-local address to ask from until duplicate detection ends, a second or more,
    /// in which everything forwarded to the new pod would be lost. IPv4 asks at once.
    /// </summary>
    private static ImmutableArray<PlannedNeighbour> HostNeighbours(PodNetworkRequest request, VethPair pair) =>
        request.IPv6 is null ? [] : [new PlannedNeighbour(request.IPv6, pair.PodMac, pair.HostName)];

    private static ImmutableArray<PlannedSysctl> HostSysctls(PodNetworkRequest request, string device)
    {
        var sysctls = ImmutableArray.CreateBuilder<PlannedSysctl>();
        if (request.IPv4 is not null)
            sysctls.AddRange(IPv4Sysctls.Router(device));
        if (request.IPv6 is not null)
            sysctls.AddRange(IPv6Sysctls.Router(device));
        return sysctls.ToImmutable();
    }

    private readonly record struct VethPair(string HostName, MacAddress HostMac, string PodName, MacAddress PodMac, int Mtu)
    {
        internal PlannedLink HostEnd => new() { Name = HostName, Kind = PlannedLinkKind.Veth, PeerName = PodName, Mac = HostMac, Mtu = Mtu };

        internal PlannedLink PodEnd => new() { Name = PodName, Kind = PlannedLinkKind.Veth, PeerName = HostName, Mac = PodMac, Mtu = Mtu };
    }
}
