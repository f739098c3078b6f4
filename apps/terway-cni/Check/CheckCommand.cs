using System.Collections.Immutable;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>CHECK: is everything that ADD made still there? It repairs nothing.</summary>
internal sealed class CheckCommand(Invocation invocation)
{
    private readonly CniRequest _request = invocation.Request;

    public void Run(CancellationToken cancellationToken)
    {
        using NetworkNamespace netns = PodNamespace.Open(_request.NetNs!, whenGone: CniErrorCode.UnknownContainer);
        Allocation? held;
        try
        {
            held = invocation.Inspect(cancellationToken);
        }
        catch (DaemonException e) when (!e.Code.IsPermanent)
        {
            // A runtime may take a failed CHECK for a container that is broken for good, which a daemon that restarts does not make it.
            invocation.Log($"{e.Message}; the network of {invocation.Pod} is not checked");
            return;
        }

        if (held is null)
            throw new CniException(
                CniErrorCode.UnknownContainer, $"{_request.Attachment} ({invocation.Pod}) holds no network",
                $"request {invocation.RequestId}", "the container was never added, was deleted, or another sandbox has its pod", "AttachmentUnknown");
        Compare(held, netns);
    }

    private void Compare(Allocation held, NetworkNamespace netns)
    {
        using PlanTarget target = PlanTarget.OpenOnThisThread(netns);
        var planner = new InterfacePlanner(target, held);
        var differences = new List<string>();
        foreach (PodInterface wanted in new AllocationReader(_request, invocation.Pod, invocation.Configuration).Read(held))
        {
            if (planner.Find(wanted) is not { } eni)
            {
                differences.Add($"ENI {wanted.EniMac} missing");
                continue;
            }

            (NetworkPlan? eniPlan, NetworkPlan plan) = planner.Plan(wanted, eni);
            differences.AddRange(PlanChecker.Check(plan, target).Select(d => d.ToString()));
            if (eniPlan is not null)
                differences.AddRange(PlanChecker.Check(eniPlan, target).Select(d => d.ToString()));
            differences.AddRange(NotTold(wanted));
        }

        if (differences.Count > 0)
            throw new CniException(
                CniErrorCode.CheckFailed,
                $"the network of {invocation.Pod} differs from its plan in {differences.Count} {(differences.Count == 1 ? "point" : "points")}",
                $"{string.Join("; ", differences)}; request {invocation.RequestId}", "terwayd repairs routes and rules; otherwise delete the pod", "CheckFailed");
    }

    /// <summary>The runtime's own memory of the ADD: its addresses must be those that the pod holds.</summary>
    private IEnumerable<string> NotTold(PodInterface wanted)
    {
        ImmutableArray<System.Net.IPAddress> told = wanted.Network.IfName == _request.IfName ? invocation.PreviousAddresses() : [];
        return told.IsEmpty
            ? []
            : wanted.Ips.Where(ip => !told.Contains(ip.Address.Address)).Select(ip => $"prevResult address {ip.Address.Address} missing");
    }
}
