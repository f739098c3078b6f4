namespace Terway.Ipam.Planning;

/// <summary>Decides what the pool does next. A pure function: no clock, no randomness, no I/O.</summary>
/// <remarks>
/// The order is the priority: knowledge that everything rests on, then ENIs that are under way, then growth, then shrinking.
/// Never two actions on one ENI, never more calls than allowed, and nothing is created while an earlier creation is unexplained.
/// </remarks>
internal static class PoolPlanner
{
    public static PoolPlan Plan(PoolFacts facts, PoolDemand demand, PoolLimits limits, DateTimeOffset now)
    {
        var draft = new PlanDraft(facts, limits, now);
        PlanKnowledge(draft);
        EniUpkeep.Plan(draft);
        var growth = PoolGrowth.Plan(draft, demand);
        if (demand.Waiting == 0 && growth.Wanted == 0)
            PoolTrim.Plan(draft);
        draft.LookAt(facts.NextRested);
        draft.LookAt(facts.NextReclaim);
        return new PoolPlan
        {
            Actions = draft.Actions,
            NextLook = draft.NextLook,
            Coming = growth.Coming,
            Growth = growth.Possible,
            Paused = growth.Paused,
            Limit = growth.Limit,
        };
    }

    private static void PlanKnowledge(PlanDraft draft)
    {
        var facts = draft.Facts;
        if (draft.Limits.Capacity is null)
            draft.AddNodeWide(ActionKind.ReadNode, new PoolAction.ReadNode("the limits of the instance type are not known"), draft.Now);
        draft.AddNodeWide(ActionKind.Sweep, new PoolAction.Sweep(facts.SweepRequired ? "an ENI may exist that the pool does not know" : "the sweep is due"), facts.SweepDue);
        draft.AddNodeWide(ActionKind.SyncMetadata, new PoolAction.SyncMetadata("the comparison with the metadata service is due"), facts.MetadataDue);
    }
}
