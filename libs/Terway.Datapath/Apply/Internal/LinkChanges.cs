using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A property of an existing link is set.</summary>
internal sealed class LinkChange(PlanScope scope, PlannedLink link, LinkMessage wanted, LinkMessage previous, string actual) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Different, link.ToString(), actual);

    internal override void Submit(NetlinkBatch batch) => batch.Links.Change(wanted);

    internal override void Undo(RtNetlink connection) => connection.Links.Change(previous);
}

/// <summary>The name by which an ENI is found without looking at every link. Kernels before 5.5 have no such names and do without.</summary>
internal sealed class AlternativeNameAddition(PlanScope scope, PlannedLink link, IfIndex index) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Different, link.ToString(), "without its altname");

    internal override bool IsHint => true;

    internal override void Submit(NetlinkBatch batch) => batch.Links.AddAlternativeName(index, link.AlternativeName!);

    internal override bool IsAlreadyDone(NetlinkException refusal) =>
        refusal.IsAlreadyExists || refusal.Errno is Errno.NotSupported or Errno.Invalid;

    internal override void Undo(RtNetlink connection) => connection.Links.DeleteAlternativeName(index, link.AlternativeName!);
}

/// <summary>A link of a pair that was just made is set up; deleting the pair takes it back.</summary>
internal sealed class NewLinkUp(PlanScope scope, PlannedLink link, IfIndex index) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Missing, link.ToString());

    internal override void Submit(NetlinkBatch batch) => batch.Links.SetUp(index);

    internal override void Undo(RtNetlink connection)
    {
    }
}

/// <summary>A planned link is not there and cannot be made by this plan alone.</summary>
internal sealed class LinkMissing(PlanScope scope, PlannedLink link) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Missing, link.ToString());

    internal override void Submit(NetlinkBatch batch) => throw new DatapathException($"{link.Name} is not there any more.");

    internal override void Undo(RtNetlink connection)
    {
    }
}
