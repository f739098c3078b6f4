using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A planned rule is added.</summary>
internal sealed class RuleAddition(PlanScope scope, PlannedRule rule) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Missing, rule.ToString());

    internal override void Submit(NetlinkBatch batch) => batch.Rules.Add(rule.ToMessage());

    internal override bool IsAlreadyDone(NetlinkException refusal) => refusal.IsAlreadyExists;

    internal override void Undo(RtNetlink connection) => connection.Rules.TryDelete(rule.ToMessage());
}

/// <summary>A rule of a planned rule's address and priority that says something else is removed.</summary>
internal sealed class RuleRemoval(PlanScope scope, RuleMessage found) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Unexpected, PlannedRules.TextOf(found));

    internal override void Submit(NetlinkBatch batch) => batch.Rules.Delete(found);

    internal override bool IsAlreadyDone(NetlinkException refusal) => refusal.IsNotFound;

    internal override void Undo(RtNetlink connection)
    {
    }
}

/// <summary>
/// Before the rule of an address is added for a link that was just made: whatever rule that address still has there is a leftover.
/// One blind delete, which usually finds nothing, costs less than a dump that grows with the node's pods. The kernel cannot be told
/// "and nothing else selects": a rule that names the address at our priority and something more is taken for a leftover too.
/// </summary>
internal sealed class StaleRuleRemoval(PlanScope scope, PlannedRule rule) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Unexpected, $"{rule.SelectorText} of a former pod");

    internal override void Submit(NetlinkBatch batch) => batch.Rules.Delete(rule.ToSelector());

    internal override bool IsAlreadyDone(NetlinkException refusal) => refusal.IsNotFound;

    internal override void Undo(RtNetlink connection)
    {
    }
}
