using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Takes away what a pod's plan made: the pair with its addresses and routes, and the rules of its addresses.</summary>
/// <remarks>
/// Idempotent, and content with what there is: without the plan, without the pod's namespace, without the ENI. What belongs to another
/// sandbox of the same pod, or to another pod that has the address by now, is left alone. What pods share (the ENI's side) stays.
/// When it returns, also with <see cref="LinkDisposal.Deferred"/>, nothing is left that others can see: no rule, no route to the pod,
/// no address in the pod, and the interface's name is free for the next ADD in the same namespace.
/// </remarks>
public sealed class PodTeardown
{
    private readonly PlanTarget _target;
    private readonly LinkDisposal _disposal;

    /// <summary>A teardown in the given namespaces.</summary>
    /// <param name="target">The namespaces, which the caller keeps open; without the pod's when that is gone.</param>
    /// <param name="disposal">Whether the pair is deleted now or retired for <see cref="LinkReaper"/>.</param>
    public PodTeardown(PlanTarget target, LinkDisposal disposal = LinkDisposal.Immediate)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
        _disposal = disposal;
    }

    /// <summary>Takes away what a plan made.</summary>
    /// <param name="plan">The plan of a pod.</param>
    /// <returns>What was there.</returns>
    /// <exception cref="DatapathException">The kernel refused.</exception>
    public TeardownReport Remove(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var host = plan.Node.Links.Single(link => link.Kind == PlannedLinkKind.Veth);
        return Remove(new TeardownSubject(plan.Title, host.Name, host.PeerName!, [.. plan.Pod.Addresses.Select(a => a.Address.Address)], IsNewestSandbox: false));
    }

    /// <summary>Takes away a pod's interface of which no plan is known.</summary>
    /// <param name="attachment">What is known.</param>
    /// <returns>What was there.</returns>
    /// <exception cref="DatapathException">The kernel refused.</exception>
    public TeardownReport Remove(PodAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        return Remove(new TeardownSubject(
            $"{attachment.IfName} of pod {attachment.PodNamespace}/{attachment.PodName}",
            HostVethName.For(attachment.PodNamespace, attachment.PodName, attachment.IfName),
            attachment.IfName,
            attachment.Addresses,
            attachment.IsNewestSandbox));
    }

    private TeardownReport Remove(TeardownSubject subject)
    {
        try
        {
            return new TeardownRun(_target, subject, _disposal).Execute();
        }
        catch (NetlinkException refusal)
        {
            throw new DatapathException(DatapathError.KernelRefused, $"{subject.Title} cannot be taken away: {refusal.Message}.", refusal);
        }
    }
}
