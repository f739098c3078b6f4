using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>One difference between a plan and the kernel together with the request that mends it and the one that takes it back.</summary>
internal abstract class Change(PlanScope scope)
{
    internal PlanScope Scope { get; } = scope;

    internal abstract PlanDifference Difference { get; }

    /// <summary>Puts the mending request into the batch.</summary>
    internal abstract void Submit(NetlinkBatch batch);

    /// <summary>Whether the kernel's refusal says that there is nothing to do.</summary>
    internal virtual bool IsAlreadyDone(NetlinkException refusal) => false;

    /// <summary>Whether only speed depends on it: then it is no difference that CHECK would report.</summary>
    internal virtual bool IsHint => false;

    /// <summary>Takes the change back. What was wrong before it is not made wrong again, unless that is needed to restore a link.</summary>
    internal abstract void Undo(RtNetlink connection);

    public override string ToString() => Difference.Subject;
}
