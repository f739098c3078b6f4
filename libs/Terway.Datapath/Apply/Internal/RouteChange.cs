using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A planned route is made, over another one to the same destination if there is one.</summary>
internal sealed class RouteChange(PlanScope scope, PlannedRoute route, IfIndex link, RouteMessage? previous) : Change(scope)
{
    internal override PlanDifference Difference => previous is null
        ? new(Scope, PlanDifferenceKind.Missing, route.ToString())
        : new(Scope, PlanDifferenceKind.Different, route.ToString(), previous.Gateway is null ? "without a next hop" : $"via {previous.Gateway}");

    internal override void Submit(NetlinkBatch batch)
    {
        if (route.IsBesideOthers && previous is null)
            batch.Routes.Append(route.ToMessage(link));
        else
            batch.Routes.Replace(route.ToMessage(link));
    }

    internal override bool IsAlreadyDone(NetlinkException refusal) => route.IsBesideOthers && refusal.IsAlreadyExists;

    internal override void Undo(RtNetlink connection)
    {
        if (previous is null)
            connection.Routes.TryDelete(route.ToMessage(link));
        else
            connection.Routes.Replace(previous);
    }
}
