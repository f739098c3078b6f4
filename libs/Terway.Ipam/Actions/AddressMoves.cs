using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Assigns addresses to ENIs and takes them back.</summary>
internal sealed class AddressMoves(PoolCore core, CloudCall calls, CloudView view)
{
    private PoolState State => core.State;

    /// <summary>Adds addresses of each family with a call of its own. When the second fails, what the first brought waits for its partner.</summary>
    public async Task AssignAsync(PoolEni eni, PoolAction.AssignAddresses action, CancellationToken stopping)
    {
        if (action.Ipv4 > 0 && !await AssignIpv4Async(eni, action.Ipv4, stopping).ConfigureAwait(false))
            return;
        if (action.Ipv6 > 0 && !await AssignIpv6Async(eni, action.Ipv6, stopping).ConfigureAwait(false))
            return;
        lock (State.Lock)
        {
            eni.Arriving = 0;
        }
    }

    /// <summary>Chooses idle addresses to give back, the one idle shortest first, and takes them out of circulation.</summary>
    public void BeginUnassignLocked(PoolEni eni, PoolAction.UnassignAddresses action)
    {
        BeginUnassignLocked(eni.V4, action.Ipv4);
        BeginUnassignLocked(eni.V6, action.Ipv6);
    }

    /// <summary>Takes addresses of each family with a call of its own; what a failure leaves over is a surplus that goes later.</summary>
    public async Task UnassignAsync(PoolEni eni, CancellationToken stopping)
    {
        var addresses = ChooseUnassigning(eni);
        if (!TryKeepBack(eni, addresses))
        {
            lock (State.Lock)
            {
                RefuseLocked(addresses);
                State.Pauses.Set(ActionKind.Unassign, State.Pauses.Faults.First(fault => fault.Owner == FaultOwner.Store), core.Now + core.Options.QuotaPause);
            }

            return;
        }

        var id = eni.Identity!.Id;
        var (v4, v6) = (addresses.RemoveAll(address => address.IsIPv6), addresses.RemoveAll(address => !address.IsIPv6));
        var goesOn = v4.IsEmpty || await UnassignAsync(eni, v4, "UnassignPrivateIpAddresses", cancel => core.Cloud.UnassignPrivateIpAddressesAsync(
            new UnassignPrivateIpAddressesRequest { EniId = id, Addresses = Values(v4) }, cancel), stopping).ConfigureAwait(false);
        if (goesOn && !v6.IsEmpty)
        {
            await UnassignAsync(eni, v6, "UnassignIpv6Addresses", cancel => core.Cloud.UnassignIpv6AddressesAsync(
                new UnassignIpv6AddressesRequest { EniId = id, Addresses = Values(v6) }, cancel), stopping).ConfigureAwait(false);
        }
        else if (!goesOn)
        {
            lock (State.Lock)
            {
                RefuseLocked(v6);
            }
        }
    }

    private Task<bool> AssignIpv4Async(PoolEni eni, int count, CancellationToken stopping)
    {
        var request = new AssignPrivateIpAddressesRequest { EniId = eni.Identity!.Id, Count = count, ClientToken = ClientToken.NewToken() };
        return AssignAsync(eni, count, "AssignPrivateIpAddresses", cancel => core.Cloud.AssignPrivateIpAddressesAsync(request, cancel), stopping);
    }

    private Task<bool> AssignIpv6Async(PoolEni eni, int count, CancellationToken stopping)
    {
        var request = new AssignIpv6AddressesRequest { EniId = eni.Identity!.Id, Count = count, ClientToken = ClientToken.NewToken() };
        return AssignAsync(eni, count, "AssignIpv6Addresses", cancel => core.Cloud.AssignIpv6AddressesAsync(request, cancel), stopping);
    }

    private async Task<bool> AssignAsync(
        PoolEni eni, int count, string action, Func<CancellationToken, Task<CloudReply<AssignedAddresses>>> call, CancellationToken stopping)
    {
        try
        {
            var reply = await calls.RunAsync(action, call, stopping).ConfigureAwait(false);
            lock (State.Lock)
            {
                using var because = State.History.Because(call: action, callId: reply.RequestId);
                State.History.Called(eni, action, reply.RequestId);
                foreach (var address in reply.Value.Addresses)
                    view.AddAddressLocked(eni, address, isPrimary: false, AddressEvent.Assigned);
                State.VSwitches.Took(eni.Intent.VSwitch, reply.Value.Addresses.Count(address => address.AddressFamily == AddressFamily.InterNetwork));
                if (core.Options.Families != AddressFamilies.DualStack)
                    eni.Arriving = 0;
                calls.SucceededLocked(ActionKind.Assign, eni);
            }

            core.Log.Assigned(eni.Identity!.Id, reply.Value.Addresses.Count, reply.RequestId);
            return true;
        }
        catch (CloudApiException e)
        {
            AssignFailed(eni, count, e);
            return false;
        }
    }

    private async Task<bool> UnassignAsync(
        PoolEni eni, ImmutableArray<PoolAddress> addresses, string action, Func<CancellationToken, Task<CloudReply>> call, CancellationToken stopping)
    {
        try
        {
            var reply = await calls.RunAsync(action, call, stopping).ConfigureAwait(false);
            lock (State.Lock)
            {
                using var because = State.History.Because(call: action, callId: reply.RequestId);
                State.History.Called(eni, action, reply.RequestId);
                foreach (var address in addresses)
                    State.Addresses.Move(address, AddressEvent.Vanished, core.Now);
                State.VSwitches.Took(eni.Intent.VSwitch, -addresses.Count(address => !address.IsIPv6));
                calls.SucceededLocked(ActionKind.Unassign, eni);
            }

            core.Log.Unassigned(eni.Identity!.Id, addresses.Length);
            return true;
        }
        catch (CloudApiException e)
        {
            UnassignFailed(eni, addresses, e);
            return false;
        }
    }

    private void BeginUnassignLocked(AddressTally tally, int count)
    {
        var now = core.Now;
        for (var node = tally.Idle.Last; node is not null && count > 0;)
        {
            var address = node.Value;
            node = node.Previous;
            if (address.IsPrimary)
                continue;
            State.Addresses.Move(address, AddressEvent.UnassignRequested, now);
            count--;
        }
    }

    private static EquatableArray<IPAddress> Values(ImmutableArray<PoolAddress> addresses) => [.. addresses.Select(address => address.Address)];

    private void AssignFailed(PoolEni eni, int count, CloudApiException e)
    {
        lock (State.Lock)
        {
            calls.FailedLocked(ActionKind.Assign, e, eni, $"{eni.Name} in {eni.Intent.VSwitch}", count);
            eni.InDoubt = e.Kind is CloudErrorKind.Ambiguous or CloudErrorKind.NotFound or CloudErrorKind.InvalidState
                || e.Quota is CloudQuota.Ipv4PerEni or CloudQuota.Ipv6PerEni;
            if (e.Kind != CloudErrorKind.Ambiguous)
                eni.Arriving = 0;
        }
    }

    private ImmutableArray<PoolAddress> ChooseUnassigning(PoolEni eni)
    {
        lock (State.Lock)
        {
            var unassigning = eni.Addresses.Values.Where(address => address.State == AddressState.Unassigning)
                .OrderBy(address => address.Since).ThenBy(address => address.Address.ToString(), StringComparer.Ordinal).ToList();
            return
            [
                .. unassigning.Where(address => !address.IsIPv6).Take(core.Options.BatchSize),
                .. unassigning.Where(address => address.IsIPv6).Take(Math.Min(core.Options.BatchSize, EniPoolOptions.MaxIpv6BatchSize)),
            ];
        }
    }

    /// <summary>A restart must not take an address for idle because the metadata service still shows it.</summary>
    private bool TryKeepBack(PoolEni eni, ImmutableArray<PoolAddress> addresses)
    {
        var until = core.Now + core.Options.SettleTime;
        LedgerChange[] changes = [.. addresses.Select(address =>
            new LedgerChange.PutAddress(new StoredAddress(address.Address, eni.Identity!.Id, StoredAddressKind.Unassigning, until)))];
        if (!core.TryCommit(eni.Name, changes))
            return false;
        lock (State.Lock)
        {
            foreach (var address in addresses)
                address.HasRow = true;
        }

        return true;
    }

    private void UnassignFailed(PoolEni eni, ImmutableArray<PoolAddress> addresses, CloudApiException e)
    {
        lock (State.Lock)
        {
            if (e.Kind is CloudErrorKind.Ambiguous or CloudErrorKind.NotFound or CloudErrorKind.InvalidState)
            {
                eni.InDoubt = true;
                foreach (var address in addresses)
                    address.MayBeUnassigned |= e.Kind == CloudErrorKind.Ambiguous;
            }
            else
            {
                RefuseLocked(addresses);
            }

            if (e.Kind == CloudErrorKind.NotFound)
                calls.DelayLocked(eni);
            else
                calls.FailedLocked(ActionKind.Unassign, e, eni, eni.Name);
        }
    }

    /// <summary>Takes addresses back into circulation, unless an earlier call may have unassigned them.</summary>
    private void RefuseLocked(ImmutableArray<PoolAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (!address.MayBeUnassigned)
                State.Addresses.Move(address, AddressEvent.UnassignRefused, core.Now);
        }
    }
}
