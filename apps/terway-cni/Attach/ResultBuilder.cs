using System.Collections.Immutable;
using Terway.Cni;
using Terway.Datapath;

namespace Terway.CniPlugin;

/// <summary>Tells the runtime what was made.</summary>
internal static class ResultBuilder
{
    /// <summary>
    /// The container's interface first, so that every address has index 0, then the node's end. Chained plugins (portmap) look for an interface
    /// with a sandbox, podman insists on a hardware address; the sandbox is the namespace's path, as the specification says.
    /// </summary>
    public static CniResult Build(CniRequest request, PodInterface made, NetworkPlan plan)
    {
        PlannedLink pod = plan.Pod.Links[0];
        PlannedLink node = plan.Node.Links[0];
        return new CniResult
        {
            Interfaces =
            [
                new() { Name = pod.Name, Mac = pod.Mac?.ToString(), Mtu = pod.Mtu, Sandbox = request.NetNs },
                new() { Name = node.Name, Mac = node.Mac?.ToString(), Mtu = node.Mtu },
            ],
            Ips = [.. made.Ips.Select(ip => ip with { Interface = 0 })],
            Routes = [.. plan.Pod.Routes.Select(route => new CniRoute { Destination = route.Destination, Gateway = route.Gateway })],
        };
    }
}
