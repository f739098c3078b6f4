using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;

namespace Terwayd.Node;

/// <summary>The part of a pod's plan that lies in the node's namespace, on a host link that exists; the pod's part is the plugin's.</summary>
internal static class HostSidePlan
{
    internal static NetworkPlan Of(Lease lease, EniLink eni, LinkMessage host)
    {
        var request = new PodNetworkRequest
        {
            PodNamespace = lease.Pod.Namespace,
            PodName = lease.Pod.Name,
            IfName = lease.Attachment.IfName,
            IPv4 = lease.IPv4,
            IPv6 = lease.IPv6,
        };
        var pod = PolicyRoutePlanner.Plan(request, eni);
        return new NetworkPlan
        {
            Title = $"The host side of {pod.Title}",
            Node = new NamespacePlan
            {
                Links = [new PlannedLink { Name = host.Name!, Index = host.Index, Mtu = (int?)host.Mtu }],
                Sysctls = pod.Node.Sysctls,
                Neighbours = pod.Node.Neighbours,
                Routes = pod.Node.Routes,
                Rules = pod.Node.Rules,
            },
        };
    }
}
