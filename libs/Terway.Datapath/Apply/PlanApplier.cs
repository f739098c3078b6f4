using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Makes a plan true: reads what the kernel has of just the planned objects, computes the difference and applies it.</summary>
/// <remarks>
/// The same plan may be applied again at any time: what is right already is not touched. What a dead process left under the plan's names and
/// addresses is replaced. When applying fails or is cancelled, what this call made is taken back. A pair that was just made is known to be bare,
/// so nothing is read for it: a first ADD costs the same on a node with one pod and with hundreds.
/// </remarks>
public sealed class PlanApplier
{
    private readonly PlanTarget _target;
    private readonly LinkDisposal _disposal;

    /// <summary>An applier for the given namespaces.</summary>
    /// <param name="target">The namespaces, which the caller keeps open.</param>
    /// <param name="disposal">What to do with a leftover link that is in the way.</param>
    public PlanApplier(PlanTarget target, LinkDisposal disposal = LinkDisposal.Immediate)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
        _disposal = disposal;
    }

    /// <summary>Is told each step before it is taken; tests make it fail there.</summary>
    internal Action<ApplyStep>? BeforeStep { get; init; }

    /// <summary>Makes the plan true.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops between steps and takes back what was done.</param>
    /// <returns>What was different.</returns>
    /// <exception cref="DatapathException">The kernel refused, or something foreign is in the way.</exception>
    public ApplyReport Apply(NetworkPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var run = new ApplyRun(_target, plan, _disposal, BeforeStep, cancellationToken);
        return run.Execute();
    }
}
