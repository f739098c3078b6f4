using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A pod's address must not be one of the node's own: rule 0 (the local table) comes before the rules of any pod.</summary>
internal static class PodAddresses
{
    internal static void ThrowIfTaken(RtNetlink node, NamespacePlan pod)
    {
        foreach (var planned in pod.Addresses)
        {
            if (FindRoute(node, planned.Address.Address) is { Type: RouteType.Local } local)
                throw new DatapathException(DatapathError.AddressTaken, $"{planned.Address.Address} cannot be given to the pod: the node itself has the address ({local}).");
        }
    }

    private static RouteMessage? FindRoute(RtNetlink node, IPAddress address)
    {
        try
        {
            return node.Routes.Lookup(address);
        }
        catch (NetlinkException e) when (e.Errno is Errno.NetworkUnreachable or Errno.HostUnreachable)
        {
            return null;
        }
    }
}
