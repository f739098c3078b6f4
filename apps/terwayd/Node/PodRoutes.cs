using System.Net;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;

namespace Terwayd.Node;

/// <summary>Finds the pods' addresses in the kernel: host routes through the host ends of pods' links.</summary>
internal static class PodRoutes
{
    internal static IReadOnlyList<ObservedAttachment> Find(RtNetlink node)
    {
        var hostEnds = node.Links.List()
            .Where(l => l.Name is { } name && name.StartsWith(HostVethName.Prefix, StringComparison.Ordinal))
            .Select(l => l.Index)
            .ToHashSet();
        if (hostEnds.Count == 0)
            return [];
        return
        [
            .. node.Routes.List(new RouteFilter { Table = RouteTable.Main })
                .Where(r => r.OutputInterface is { } link && hostEnds.Contains(link) && IsHostRoute(r.Destination))
                .Select(r => r.Destination!.Value.BaseAddress)
                .Distinct()
                .Select(a => new ObservedAttachment(a)),
        ];
    }

    private static bool IsHostRoute(IPNetwork? destination) =>
        destination is { } prefix && prefix.PrefixLength == prefix.BaseAddress.GetAddressBytes().Length * 8;
}
