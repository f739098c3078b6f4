using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A kernel parameter differs. It is written as a file, so it is no part of a batch.</summary>
internal sealed class SysctlChange(PlanScope scope, PlannedSysctl sysctl, string? actual) : Change(scope)
{
    internal override PlanDifference Difference => actual is null
        ? new(Scope, PlanDifferenceKind.Missing, sysctl.ToString())
        : new(Scope, PlanDifferenceKind.Different, sysctl.ToString(), actual);

    internal override void Submit(NetlinkBatch batch) => throw new InvalidOperationException("A kernel parameter is not set by netlink.");

    internal override void Undo(RtNetlink connection) => throw new InvalidOperationException("A kernel parameter is not set by netlink.");
}
