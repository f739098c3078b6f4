using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A planned neighbour is written down, over another entry of the same address if there is one.</summary>
internal sealed class NeighbourChange(PlanScope scope, PlannedNeighbour neighbour, IfIndex link, NeighbourMessage? previous) : Change(scope)
{
    internal override PlanDifference Difference => previous is null
        ? new(Scope, PlanDifferenceKind.Missing, neighbour.ToString())
        : new(Scope, PlanDifferenceKind.Different, neighbour.ToString(), $"lladdr {previous.Mac?.ToString() ?? "none"} {StateText}");

    private string StateText => previous!.State.ToString().ToLowerInvariant();

    internal override void Submit(NetlinkBatch batch) => batch.Neighbours.Replace(neighbour.ToMessage(link));

    internal override void Undo(RtNetlink connection) => connection.Neighbours.TryDelete(neighbour.ToMessage(link));
}
