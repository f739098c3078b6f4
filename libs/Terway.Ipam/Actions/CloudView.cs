using System.Net;
using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Actions;

/// <summary>Brings the pool's picture of an ENI into line with what the cloud shows. All members are called under the lock.</summary>
internal sealed class CloudView(PoolCore core)
{
    /// <summary>A status this short after a request may be the one from before it.</summary>
    private static readonly TimeSpan StatusLag = TimeSpan.FromSeconds(5);

    private PoolState State => core.State;

    /// <summary>The second look at addresses of unknown age has so long to succeed before they are given out.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(20);

    /// <summary>The cloud may work on a call for somewhat longer than a client waits for its answer.</summary>
    private const double LongestCall = 1.25;

    /// <summary>By when calls of an earlier life, which ended before this one began, have taken the addresses that they take.</summary>
    public static TimeSpan EarlierCalls(EniPoolOptions options) => options.CallTimeout * LongestCall;

    /// <summary>An address of unknown age may have been released a moment ago, or be about to be unassigned by a call of an earlier
    /// life: it is kept back until the sweep after that has seen it, which by default is less than a request waits.</summary>
    private TimeSpan RestOfUnknownAge
    {
        get
        {
            var swept = EarlierCalls(core.Options) + SecondLook;
            return core.Options.Rest > swept ? core.Options.Rest : swept;
        }
    }

    /// <summary>Gives a PoolEni its identity, once the cloud has shown it.</summary>
    public void IdentifyLocked(PoolEni eni, NetworkInterface found)
    {
        if (eni.Identity?.Subnet is not null)
            return;
        var (subnet, subnet6) = State.VSwitches.SubnetsOf(found.VSwitchId);
        eni.Identity = new LeaseEni
        {
            Id = found.Id,
            Mac = found.MacAddress,
            VSwitch = found.VSwitchId,
            Subnet = subnet,
            Subnet6 = subnet6,
            PrimaryAddress = found.PrimaryIpAddress,
        };
    }

    /// <summary>Applies what the cloud shows of one ENI; null when the cloud does not know it.</summary>
    /// <returns>True when the ENI has left the pool, so that its row in the store can go.</returns>
    public bool ApplyLocked(PoolEni eni, NetworkInterface? found, AddressEvent newAddress = AddressEvent.Assigned)
    {
        eni.InDoubt = false;
        eni.Suspect = false;
        eni.TakesSlot = found?.Attachment?.InstanceId == State.Instance!.InstanceId;
        if (found is null || IsElsewhere(found))
            return LeaveLocked(eni);

        ApplyStatusLocked(eni, found.Status);
        if (eni.State is not (EniState.Detaching or EniState.Deleting or EniState.Lost))
            ApplyAddressesLocked(eni, found, newAddress);
        if (eni is { State: EniState.Available, Held: > 0 })
            LoseLocked(eni);
        return false;
    }

    /// <summary>Adds an address that the cloud shows on the ENI, in the state that the evidence of the kernel asks for.</summary>
    public void AddAddressLocked(PoolEni eni, IPAddress address, bool isPrimary, AddressEvent e)
    {
        var now = core.Now;
        if (State.Addresses.Find(address) is { } known)
        {
            known.ShownAt = now;
            if (known.Eni != eni)
                (known.IsIPv6 ? eni.V6 : eni.V4).Untracked++;
            else if (AddressBook.Accepts(known, AddressEvent.Reappeared))
                ReappearLocked(known);
            else
                AddressBook.SetSuspect(known, suspect: false);
            return;
        }

        if (State.Unexplained.Remove(address, out var holder))
            AddHeldLocked(eni, address, isPrimary, holder ?? UnknownAttachment.For(address));
        else
            State.Addresses.Add(eni, address, isPrimary, e, now, e == AddressEvent.AssignedOfUnknownAge ? now + RestOfUnknownAge : default);
    }

    /// <summary>Adds an address that the kernel shows in use, although no lease explains it.</summary>
    private void AddHeldLocked(PoolEni eni, IPAddress address, bool isPrimary, AttachmentKey holder)
    {
        var added = State.Addresses.Add(eni, address, isPrimary, AddressEvent.FoundHeld, core.Now)!;
        var known = State.FindLease(holder);
        if (known is { Partner: null, Releasing: false, Lease: { } held } && known.Eni == eni && known.IsIPv6 != added.IsIPv6)
        {
            // The address of the other family of the same pod; the lease is found by the IPv4 one.
            State.RemoveLease(known);
            var (v4, v6) = added.IsIPv6 ? (known, added) : (added, known);
            AddHeldLocked(v4, v6, held with { IPv4 = v4.Address, IPv6 = v6.Address });
            return;
        }

        AddHeldLocked(added, null, new Lease
        {
            Attachment = known is null ? holder : UnknownAttachment.For(address),
            Pod = UnknownAttachment.Pod,
            IPv4 = added.IsIPv6 ? null : address,
            IPv6 = added.IsIPv6 ? address : null,
            Eni = eni.Identity!,
            GrantedAt = core.Now,
        });
        core.Log.Unexplained(address);
    }

    private void AddHeldLocked(PoolAddress address, PoolAddress? partner, Lease lease)
    {
        State.AddLease(address, partner, lease);
        State.Unstored.Add(lease);
    }

    private bool IsElsewhere(NetworkInterface found) =>
        found.Attachment is { } attachment && attachment.InstanceId != State.Instance!.InstanceId;

    private void ApplyStatusLocked(PoolEni eni, EniStatus status)
    {
        if (EventFor(eni, status) is not { } e)
            return;
        if (e is EniEvent.FoundFree or EniEvent.FoundDetaching && eni.Held > 0)
        {
            LoseLocked(eni);
            return;
        }

        if (EniTransitions.Next(eni.State, e) is null || IsTooEarly(eni, e))
            return;
        eni.Leftover = e == EniEvent.FoundFree && eni.State is not (EniState.Creating or EniState.Attaching);
        eni.Move(e, core.Now);
        eni.NextLook = core.Now;
        core.Log.EniMoved(eni.Name, eni.State);
    }

    private static EniEvent? EventFor(PoolEni eni, EniStatus status)
    {
        if (status == EniStatus.Available)
            return eni.State == EniState.Creating ? EniEvent.Created : EniEvent.FoundFree;
        if (status == EniStatus.Attaching)
            return EniEvent.FoundAttaching;
        if (status == EniStatus.InUse)
            return EniEvent.FoundAttached;
        if (status == EniStatus.Detaching)
            return EniEvent.FoundDetaching;
        return status == EniStatus.Deleting ? EniEvent.FoundDeleting : null;
    }

    /// <summary>Right after an attach or a delete request, the cloud may still show the status from before.</summary>
    private bool IsTooEarly(PoolEni eni, EniEvent e) =>
        (eni.State, e) is (EniState.Attaching, EniEvent.FoundFree) or (EniState.Deleting, EniEvent.FoundFree)
        && core.Now < eni.Since + StatusLag;

    private void ApplyAddressesLocked(PoolEni eni, NetworkInterface found, AddressEvent newAddress)
    {
        var shown = new HashSet<IPAddress>([.. found.SecondaryIpAddresses, .. found.Ipv6Addresses, found.PrimaryIpAddress]);
        foreach (var address in eni.Addresses.Values.ToArray())
        {
            if (!shown.Contains(address.Address))
                VanishLocked(address);
            else if (address.Suspect)
                AddressBook.SetSuspect(address, suspect: false);
        }

        eni.V4.Untracked = eni.V6.Untracked = 0;
        AddAddressLocked(eni, found.PrimaryIpAddress, isPrimary: true, newAddress);
        foreach (var address in found.SecondaryIpAddresses)
            AddAddressLocked(eni, address, isPrimary: false, newAddress);
        foreach (var address in found.Ipv6Addresses)
        {
            if (core.Options.Families.HasFlag(AddressFamilies.IPv6) || State.Addresses.Find(address) is not null)
                AddAddressLocked(eni, address, isPrimary: false, newAddress);
        }
    }

    /// <summary>The addresses of these families that the metadata service shows of an ENI.</summary>
    public static HashSet<IPAddress> AddressesOf(MetadataInterface shown, AddressFamilies families) => families.HasFlag(AddressFamilies.IPv6)
        ? [.. shown.SecondaryIpAddresses, shown.PrimaryIpAddress, .. shown.Ipv6Addresses]
        : [.. shown.SecondaryIpAddresses, shown.PrimaryIpAddress];

    private void VanishLocked(PoolAddress address)
    {
        if (!AddressBook.Accepts(address, AddressEvent.Vanished))
            return;
        var wasHeld = address.State == AddressState.Leased;
        State.Addresses.Move(address, AddressEvent.Vanished, core.Now);
        if (!wasHeld)
            return;
        var fault = LossReport.Of(address, core.Now);
        State.Pauses.Keep(LossReport.KeyOf(address), fault);
        core.Log.Lost(fault.Reason, fault.Code, fault.Hint);
    }

    private void ReappearLocked(PoolAddress address)
    {
        State.Addresses.Move(address, AddressEvent.Reappeared, core.Now);
        State.Pauses.Clear(LossReport.KeyOf(address));
    }

    /// <summary>The ENI is not this instance's any more. It is forgotten, unless pods still hold addresses of it.</summary>
    private bool LeaveLocked(PoolEni eni)
    {
        if (eni.Held > 0)
        {
            LoseLocked(eni);
            return false;
        }

        foreach (var address in eni.Addresses.Values.ToArray())
            VanishLocked(address);
        if (EniTransitions.Next(eni.State, EniEvent.Gone) is null)
            return false;
        eni.Move(EniEvent.Gone, core.Now);
        State.RemoveEni(eni);
        State.Pauses.Clear(LossReport.KeyOf(eni));
        State.Pauses.Clear(EniAudit.DriftKey(eni));
        core.Log.EniGone(eni.Name);
        return true;
    }

    private void LoseLocked(PoolEni eni)
    {
        foreach (var address in eni.Addresses.Values.ToArray())
            VanishLocked(address);
        if (EniTransitions.Next(eni.State, EniEvent.LostUnderPods) is null)
            return;
        eni.Move(EniEvent.LostUnderPods, core.Now);
        var fault = LossReport.Of(eni, core.Now);
        State.Pauses.Keep(LossReport.KeyOf(eni), fault);
        core.Log.Lost(fault.Reason, fault.Code, fault.Hint);
    }
}
