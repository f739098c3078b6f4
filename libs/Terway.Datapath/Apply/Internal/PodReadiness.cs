using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>
/// Two things about a new pair the kernel does behind the back of the requests, from a work queue. They take a moment, and what comes in between
/// is lost; so an ADD gives the kernel that moment, and the pod's first packet arrives. Neither is ever an error: the kernel gets there.
/// </summary>
internal static class PodReadiness
{
    private const int MaxLooks = 50;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    internal static void Await(NamespacePlan plan, RtNetlink pod, LinkIndexes links)
    {
        foreach (var link in plan.Links)
            AwaitCarrier(pod, links[link.Name]);
        foreach (var address in plan.Addresses)
        {
            if (address.Address.Family == IpFamily.IPv6)
                AwaitDelivery(pod, links[address.Device], address.Address);
        }
    }

    /// <summary>
    /// The end that went up first has a carrier since the other one is up, but sends nothing until the link watch has seen it.
    /// Asking for the link makes it look (Linux 6.8; older ones look by themselves, later).
    /// </summary>
    private static void AwaitCarrier(RtNetlink pod, IfIndex link) => pod.Links.Find(link);

    /// <summary>An IPv6 address receives nothing before its route in the local table, which is made where duplicate detection would be.</summary>
    private static void AwaitDelivery(RtNetlink pod, IfIndex link, InterfaceAddress address)
    {
        var local = new RouteFilter { Family = IpFamily.IPv6, Table = RouteTable.Local, OutputInterface = link };
        for (var look = 0; look < MaxLooks; look++)
        {
            if (pod.Routes.List(local).Any(route => route.Destination == address.Network))
                return;
            Thread.Sleep(BetweenLooks);
        }
    }
}
