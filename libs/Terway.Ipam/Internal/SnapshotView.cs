using System.Collections.Immutable;
using Terway.Ipam.Planning;
using Terway.Ipam.States;

namespace Terway.Ipam.Internal;

/// <summary>Copies the state into an immutable snapshot. The caller holds the lock.</summary>
internal static class SnapshotView
{
    public static PoolSnapshot OfLocked(PoolCore core, PoolPlan? plan)
    {
        var state = core.State;
        var now = core.Now;
        var capacity = state.Node is { } node ? InstanceCapacity.Of(core.Options, node) : null;
        return new PoolSnapshot
        {
            At = now,
            Recovered = state.Recovered,
            KnowsAllEnis = !state.SweepRequired,
            Enis = [.. state.Enis.Select(Of)],
            Leases = [.. state.Held.Select(held => held.Lease!).OrderBy(lease => lease.Pod.ToString(), StringComparer.Ordinal).ThenBy(lease => lease.Attachment.ToString(), StringComparer.Ordinal)],
            Waiting = [.. state.Waiting.All.Select(waiter => Of(waiter, core))],
            VSwitches = [.. state.VSwitches.ToFacts(now).Select(vSwitch => new VSwitchView(vSwitch.Id, vSwitch.Available, vSwitch.SetAsideUntil))],
            Faults = [.. state.Pauses.Faults],
            Plan = plan is null ? [] : [.. plan.Actions.Select(action => $"{action.GetType().Name}: {action.Reason}")],
            MaxEnis = capacity?.EnisBeside(state.Foreign.Count),
            AddressesPerEni = capacity?.AddressesPerEni,
            ForeignEnis = [.. state.Foreign.OrderBy(id => id.Value, StringComparer.Ordinal)],
        };
    }

    private static WaiterView Of(Waiter waiter, PoolCore core)
    {
        var families = core.FamiliesOf(waiter.Request);
        var ready = core.State.Enis.Where(eni => eni.IsOpen).Aggregate(AddressFamilies.None, (sum, eni) => sum
            | (eni.V4.Idle.Count > 0 ? AddressFamilies.IPv4 : AddressFamilies.None)
            | (eni.V6.Idle.Count > 0 ? AddressFamilies.IPv6 : AddressFamilies.None));
        return new WaiterView(waiter.Request.Attachment, waiter.Request.Pod, waiter.Since, waiter.Deadline, families, families & ~ready);
    }

    private static EniView Of(PoolEni eni) => new()
    {
        Id = eni.Identity?.Id,
        State = eni.State,
        Since = eni.Since,
        Mac = eni.Identity?.Mac,
        VSwitch = eni.Identity?.VSwitch ?? eni.Intent.VSwitch,
        Subnet = eni.Identity?.Subnet,
        Subnet6 = eni.Identity?.Subnet6,
        Addresses = [.. eni.Addresses.Values.OrderByDescending(address => address.IsPrimary).ThenBy(address => address.IsIPv6).ThenBy(address => address.Address.ToString(), StringComparer.Ordinal).Select(Of)],
    };

    private static AddressView Of(PoolAddress address) => new()
    {
        Address = address.Address,
        State = address.State,
        IsPrimary = address.IsPrimary,
        Pod = address.Lease?.Pod,
        RestsUntil = address.State == AddressState.Resting ? address.RestsUntil : null,
    };
}
