using System.Collections.Immutable;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>ADD: get the pod's network from the daemon, make it, tell the runtime. Whatever fails, nothing stays.</summary>
internal sealed class AddCommand(Invocation invocation)
{
    private readonly CniRequest _request = invocation.Request;

    public CniResult Run(CancellationToken cancellationToken)
    {
        using NetworkNamespace netns = PodNamespace.Open(_request.NetNs!, whenGone: CniErrorCode.InvalidEnvironment);
        // The daemon takes the connection while the target is opened.
        invocation.Daemon.Connect(cancellationToken);
        using PlanTarget target = PlanTarget.OpenOnThisThread(netns);
        using var undo = new AddUndo(invocation);

        Allocation allocation = Allocate(undo, cancellationToken);
        ImmutableArray<PodInterface> interfaces = new AllocationReader(_request, invocation.Pod, invocation.Configuration).Read(allocation);
        TellUnappliedLimits(allocation);
        CniResult? result = null;
        foreach (PodInterface wanted in interfaces)
        {
            NetworkPlan plan = Attach(wanted, allocation, target, undo, cancellationToken);
            if (wanted.Network.IfName == _request.IfName)
                result = ResultBuilder.Build(_request, wanted, plan);
        }

        cancellationToken.ThrowIfCancellationRequested();
        undo.Commit();
        return result!.After(_request.Configuration.ReadPrevResult());
    }

    /// <summary>A release that still waits is of an earlier life of this attachment; it must not take away what is given now.</summary>
    private Allocation Allocate(AddUndo undo, CancellationToken cancellationToken)
    {
        bool wasPending = invocation.Pending.Remove(invocation.Network, _request.Attachment);
        undo.ExpectLease();
        try
        {
            return invocation.Daemon.Allocate(
                new AllocateRequest { Network = invocation.Network, Attachment = _request.Attachment, Pod = invocation.Pod, NetNs = _request.NetNs! },
                cancellationToken);
        }
        catch (DaemonException e) when (!wasPending && (!e.IsUnreachable || e.Code == ErrorCode.DaemonUnavailable || e.Code == ErrorCode.DaemonUntrusted))
        {
            undo.NoLease();
            throw;
        }
    }

    private NetworkPlan Attach(
        PodInterface wanted, Allocation allocation, PlanTarget target, AddUndo undo, CancellationToken cancellationToken)
    {
        var planner = new InterfacePlanner(target, allocation);
        EniLink eni = planner.Find(wanted, cancellationToken);
        (NetworkPlan? eniPlan, NetworkPlan plan) = planner.Plan(wanted, eni);
        var applier = new PlanApplier(target);
        if (eniPlan is not null && !allocation.EniReady)
            Report(applier.Apply(eniPlan, cancellationToken));
        Report(applier.Apply(plan, cancellationToken));
        undo.Applied(target, plan);
        return plan;
    }

    /// <summary>A limit that is asked for and not enforced must not pass in silence.</summary>
    private void TellUnappliedLimits(Allocation allocation)
    {
        bool byRuntime = _request.Configuration.Runtime.Bandwidth is { } limits && (limits.IngressRate | limits.EgressRate) != 0;
        bool byDaemon = allocation.NetConfs.Any(conf => conf.Pod is { } pod && (pod.Ingress | pod.Egress) != 0);
        if (byRuntime || byDaemon)
            invocation.Log($"the bandwidth limits of {invocation.Pod} are not applied: this plugin has none");
    }

    private void Report(ApplyReport report)
    {
        if (invocation.Configuration.Debug)
            foreach (PlanDifference change in report.Changes)
                invocation.Log(change.ToString());
    }
}
