using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A pod's address must not be one of the node's own: rule 0 (the local table) comes before the rules of any pod.</summary>
internal static class PodAddresses
{
    internal static void ThrowIfTaken(RtNetlink node, NamespacePlan pod)
    {
        foreach (var planned in pod.Addresses)
        {
            if (node.Routes.FindTo(planned.Address.Address) is { Type: RouteType.Local } local)
                throw new DatapathException(DatapathError.AddressTaken, $"{planned.Address.Address} cannot be given to the pod: the node itself has the address ({local}).");
        }
    }
}
