using System.Collections.Immutable;
using System.Net;
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

    public async Task AssignAsync(PoolEni eni, int count, CancellationToken stopping)
    {
        var token = ClientToken.NewToken();
        try
        {
            var reply = await calls.RunAsync("AssignPrivateIpAddresses",
                cancel => core.Cloud.AssignPrivateIpAddressesAsync(
                    new AssignPrivateIpAddressesRequest { EniId = eni.Identity!.Id, Count = count, ClientToken = token }, cancel), stopping).ConfigureAwait(false);
            lock (State.Lock)
            {
                eni.Arriving = 0;
                foreach (var address in reply.Value.Addresses)
                    view.AddAddressLocked(eni, address, isPrimary: false, AddressEvent.Assigned);
                State.VSwitches.Took(eni.Intent.VSwitch, reply.Value.Addresses.Count);
                calls.SucceededLocked(ActionKind.Assign, eni);
            }

            core.Log.Assigned(eni.Identity!.Id, reply.Value.Addresses.Count, reply.RequestId);
        }
        catch (CloudApiException e)
        {
            AssignFailed(eni, count, e);
        }
    }

    /// <summary>Chooses idle addresses to give back, the one idle shortest first, and takes them out of circulation.</summary>
    public void BeginUnassignLocked(PoolEni eni, int count)
    {
        var now = core.Now;
        for (var node = eni.Idle.Last; node is not null && count > 0;)
        {
            var address = node.Value;
            node = node.Previous;
            if (address.IsPrimary)
                continue;
            State.Addresses.Move(address, AddressEvent.UnassignRequested, now);
            count--;
        }
    }

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

        try
        {
            await calls.RunAsync("UnassignPrivateIpAddresses",
                token => core.Cloud.UnassignPrivateIpAddressesAsync(
                    new UnassignPrivateIpAddressesRequest { EniId = eni.Identity!.Id, Addresses = [.. addresses.Select(address => address.Address)] }, token), stopping).ConfigureAwait(false);
            lock (State.Lock)
            {
                foreach (var address in addresses)
                    State.Addresses.Move(address, AddressEvent.Vanished, core.Now);
                State.VSwitches.Took(eni.Intent.VSwitch, -addresses.Length);
                calls.SucceededLocked(ActionKind.Unassign, eni);
            }

            core.Log.Unassigned(eni.Identity!.Id, addresses.Length);
        }
        catch (CloudApiException e)
        {
            UnassignFailed(eni, addresses, e);
        }
    }

    private void AssignFailed(PoolEni eni, int count, CloudApiException e)
    {
        lock (State.Lock)
        {
            calls.FailedLocked(ActionKind.Assign, e, eni, $"{eni.Name} in {eni.Intent.VSwitch}", count);
            eni.InDoubt = e.Kind is CloudErrorKind.Ambiguous or CloudErrorKind.NotFound or CloudErrorKind.InvalidState || e.Quota == CloudQuota.Ipv4PerEni;
            if (e.Kind != CloudErrorKind.Ambiguous)
                eni.Arriving = 0;
        }
    }

    private ImmutableArray<PoolAddress> ChooseUnassigning(PoolEni eni)
    {
        lock (State.Lock)
        {
            return [.. eni.Addresses.Values.Where(address => address.State == AddressState.Unassigning)
                .OrderBy(address => address.Since).ThenBy(address => address.Address.ToString(), StringComparer.Ordinal).Take(core.Options.BatchSize)];
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
