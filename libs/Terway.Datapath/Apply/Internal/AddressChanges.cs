using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A planned address is added.</summary>
internal sealed class AddressAddition(PlanScope scope, PlannedAddress address, IfIndex link) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Missing, address.ToString());

    internal override void Submit(NetlinkBatch batch) => batch.Addresses.Replace(address.ToMessage(link));

    internal override void Undo(RtNetlink connection) => connection.Addresses.TryDelete(address.ToMessage(link));
}

/// <summary>A global address that is not planned is removed from a link whose addresses are planned.</summary>
internal sealed class AddressRemoval(PlanScope scope, AddressMessage found, string device) : Change(scope)
{
    internal override PlanDifference Difference => new(Scope, PlanDifferenceKind.Unexpected, $"addr {found.Address} dev {device}");

    internal override void Submit(NetlinkBatch batch) => batch.Addresses.Delete(found);

    internal override bool IsAlreadyDone(NetlinkException refusal) => refusal.IsNotFound;

    internal override void Undo(RtNetlink connection) => connection.Addresses.Replace(found);
}
