using System.Net;
using Terway.Cloud;
using Terway.Ipam.Actions;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Puts store, metadata service and kernel together into one picture, without any API call.</summary>
/// <remarks>
/// What the store says is held stays held. An address counts as idle only when the store knows its ENI, the metadata service
/// shows it, and neither store nor kernel objects. Whatever stays unclear is left to the loop, which asks the API
/// before it believes anything, and before it creates anything.
/// </remarks>
internal sealed class PoolRecovery(PoolCore core)
{
    private readonly CloudView _view = new(core);
    private AddressEvent _newAddress;

    private PoolState State => core.State;

    public async Task RunAsync(IReadOnlyCollection<ObservedAttachment> observed, CancellationToken cancellationToken)
    {
        var stored = core.Store.Load();
        var (instance, shown) = await ReadMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (stored.Node is { } node && node.Instance != instance.InstanceId)
            throw Foreign(node.Instance, instance.InstanceId);

        lock (State.Lock)
        {
            ApplyNodeLocked(stored, instance);
            foreach (var row in stored.Addresses)
                State.Addresses.KeepBack(Bounded(row));
            foreach (var address in observed)
                State.Unexplained[address.Address] = address.Attachment;
            foreach (var eni in stored.Enis)
                AddEniLocked(eni, stored.Leases, eni.Eni is { } known ? shown.GetValueOrDefault(known.Id) : null);
            AddLeasesOfUnknownEnisLocked(stored);
            // Only now, so that an address which pods hold is never taken for a free one of another ENI.
            foreach (var eni in State.Enis)
                AddFreeLocked(eni, eni.Identity is { } known ? shown.GetValueOrDefault(known.Id) : null);
            AddForeignLocked(stored, shown);
            State.Recovered = true;
        }

        core.Log.Recovered(State.LeaseCount, State.Enis.Count, State.Enis.Count(eni => eni.InDoubt));
    }

    /// <summary>A clock that was set back must not lengthen a rest beyond its measure.</summary>
    private StoredAddress Bounded(StoredAddress row)
    {
        var latest = core.Now + (row.Kind == StoredAddressKind.Resting ? core.Options.Rest : core.Options.SettleTime);
        return row.Until <= latest ? row : row with { Until = latest };
    }

    private async Task<(InstanceIdentity Instance, Dictionary<EniId, MetadataInterface> Shown)> ReadMetadataAsync(CancellationToken cancellationToken)
    {
        try
        {
            var instance = await core.Metadata.GetInstanceAsync(cancellationToken).ConfigureAwait(false);
            return (instance, await Sweeper.ReadAsync(core, new CloudCall(core), cancellationToken).ConfigureAwait(false));
        }
        catch (CloudApiException e)
        {
            throw new IpamException(IpamErrorCode.MetadataUnavailable, "recover the pool from", "the metadata service",
                $"{e.Action}: {e.Code}: {e.CloudMessage}", "Check that 100.100.100.200 can be reached from this node.", FaultOwner.Node, e);
        }
    }

    private void ApplyNodeLocked(StoredPool stored, InstanceIdentity instance)
    {
        State.Instance = instance;
        State.Node = stored.Node is { } node && node.InstanceType == instance.InstanceType ? node : null;
        State.VSwitches.Use(core.Options.VSwitches.Count > 0 ? core.Options.VSwitches : [instance.VSwitchId]);
        // What a store says that was lost a moment ago is not the whole truth about rests and unassignments.
        _newAddress = stored.Node?.Swept == true ? AddressEvent.Assigned : AddressEvent.AssignedOfUnknownAge;
        State.SweepRequired = stored.Node?.Swept != true;
        State.SweepDue = State.Exclusion.HasFilter ? core.Now : core.Now + core.Options.SweepInterval;
        State.Reclaim.Used(core.Now);
        State.MetadataDue = core.Now + core.Options.MetadataInterval;
    }

    private void AddEniLocked(StoredEni stored, IEnumerable<Lease> leases, MetadataInterface? shown)
    {
        var now = core.Now;
        var eni = State.AddEni(stored.Token, stored.Intent, stored.RequestedAt);
        eni.Identity = stored.Eni;
        eni.Excluded = stored.Excluded;
        eni.LastCreateCall = now;
        eni.InDoubt = true;
        var held = stored.Eni is { } identity ? leases.Where(lease => lease.Eni.Id == identity.Id).ToList() : [];
        if (held.Count > 0 || shown is not null && !stored.Retiring)
        {
            AddAttachedLocked(eni, held, shown);
            return;
        }

        eni.Retiring = stored.Retiring;
        eni.Move(stored.Retiring ? EniEvent.FoundDetaching : EniEvent.CreateRequested, now);
        eni.Arriving = stored.Eni is null ? stored.Intent.Addresses : 0;
    }

    private void AddAttachedLocked(PoolEni eni, List<Lease> held, MetadataInterface? shown)
    {
        var now = core.Now;
        eni.Move(shown is null ? EniEvent.LostUnderPods : EniEvent.FoundAttached, now);
        foreach (var lease in held)
            AddLeaseLocked(eni, lease);
    }

    private void AddFreeLocked(PoolEni eni, MetadataInterface? shown)
    {
        if (shown is null || eni.State != EniState.Preparing)
            return;
        foreach (var address in CloudView.AddressesOf(shown, core.Options.Families))
        {
            if (!eni.Addresses.ContainsKey(address))
                _view.AddAddressLocked(eni, address, address.Equals(shown.PrimaryIpAddress), _newAddress);
        }

        var all = CloudView.AddressesOf(shown, AddressFamilies.DualStack);
        eni.InDoubt = eni.Addresses.Values.Any(address => !all.Contains(address.Address));
    }

    private void AddLeaseLocked(PoolEni eni, Lease lease)
    {
        if (AddHeldLocked(eni, lease.Address) is not { } added)
            return;
        var partner = lease is { IPv4: not null, IPv6: { } second } ? AddHeldLocked(eni, second) : null;
        State.AddLease(added, partner, lease);
    }

    private PoolAddress? AddHeldLocked(PoolEni eni, IPAddress address)
    {
        State.Unexplained.Remove(address);
        return State.Addresses.Add(eni, address, address.Equals(eni.Identity?.PrimaryAddress), AddressEvent.FoundHeld, core.Now);
    }

    /// <summary>Leases whose ENI has no row: the ENI is known from the lease, and the cloud is asked about it.</summary>
    private void AddLeasesOfUnknownEnisLocked(StoredPool stored)
    {
        foreach (var lease in stored.Leases.Where(lease => State.FindLease(lease.Attachment) is null))
        {
            var eni = State.FindEni(lease.Eni.Id);
            if (eni is null)
            {
                eni = State.AddEni(new ClientToken(lease.Eni.Id.Value), new EniIntent { VSwitch = lease.Eni.VSwitch, Addresses = 1 }, lease.GrantedAt);
                eni.Identity = lease.Eni;
                eni.InDoubt = true;
                eni.Move(EniEvent.LostUnderPods, core.Now);
            }

            AddLeaseLocked(eni, lease);
        }
    }

    private void AddForeignLocked(StoredPool stored, Dictionary<EniId, MetadataInterface> shown)
    {
        foreach (var id in shown.Keys.Where(id => State.FindEni(id) is null))
        {
            State.Foreign.Add(id);
            State.SweepRequired |= stored.Node?.ForeignEnis.Contains(id) != true;
        }
    }

    private static IpamException Foreign(InstanceId stored, InstanceId here) => new(
        IpamErrorCode.StoreForeign, "recover the pool from", "its store",
        $"the store belongs to instance {stored}, this is {here}: the disk was probably copied",
        "Remove the store's file; the pool finds its ENIs in the cloud and its pods in the kernel.", FaultOwner.Store);
}
