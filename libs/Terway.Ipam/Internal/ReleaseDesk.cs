using System.Net;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Takes addresses back: from a release, from a collection, and from newer evidence of the kernel.</summary>
internal sealed class ReleaseDesk(PoolCore core)
{
    private PoolState State => core.State;

    /// <summary>Releases what the attachment holds or waits for; null when it holds nothing.</summary>
    public Lease? Release(AttachmentKey attachment)
    {
        PoolAddress[] held;
        Lease[] leases = [];
        List<Waiter>? waiters;
        DateTimeOffset until = default;
        lock (State.Lock)
        {
            waiters = WithdrawLocked(attachment);
            held = State.FindLease(attachment) is { Releasing: false } found ? [found] : [];
            if (held.Length > 0)
                (leases, until) = BeginLocked(held);
        }

        FailWithdrawn(waiters);
        if (held.Length == 0)
            return null;
        Store(held, leases, until);
        return leases[0];
    }

    /// <summary>Releases every lease that no valid attachment holds and that is older than the list of them.</summary>
    public CollectResult Collect(IReadOnlySet<AttachmentKey> valid, DateTimeOffset listTakenAt)
    {
        var released = ReleaseAll(() => State.Held.Where(held =>
            held.Lease is { } lease && lease.GrantedAt < listTakenAt && !UnknownAttachment.Is(lease.Attachment) && !valid.Contains(lease.Attachment)));
        lock (State.Lock)
        {
            return new CollectResult([.. released], State.LeaseCount);
        }
    }

    /// <summary>Releases what only the kernel had shown in use, once the kernel shows it no more.</summary>
    public void ReleaseUnobserved(IReadOnlySet<IPAddress> observed) => ReleaseAll(() =>
    {
        foreach (var address in State.Unexplained.Keys.Where(address => !observed.Contains(address)).ToArray())
            State.Unexplained.Remove(address);
        return State.Held.Where(held => held.Lease is { } lease && UnknownAttachment.Is(lease.Attachment) && !observed.Contains(held.Address)
            && (held.Partner is null || !observed.Contains(held.Partner.Address)));
    });

    private Lease[] ReleaseAll(Func<IEnumerable<PoolAddress>> choose)
    {
        PoolAddress[] held;
        Lease[] leases;
        DateTimeOffset until;
        lock (State.Lock)
        {
            held = [.. choose().Where(address => !address.Releasing)];
            (leases, until) = BeginLocked(held);
        }

        if (held.Length > 0)
            Store(held, leases, until);
        return leases;
    }

    private (Lease[] Leases, DateTimeOffset Until) BeginLocked(PoolAddress[] held)
    {
        var leases = new Lease[held.Length];
        for (var i = 0; i < held.Length; i++)
        {
            held[i].Releasing = true;
            leases[i] = held[i].Lease!;
        }

        return (leases, core.Now + core.Options.Rest);
    }

    private void Store(PoolAddress[] held, Lease[] leases, DateTimeOffset until)
    {
        bool wakes;
        lock (State.Ledger)
        {
            var stored = false;
            try
            {
                core.Store.Commit(ChangesFor(held, leases, until));
                stored = true;
            }
            finally
            {
                lock (State.Lock)
                {
                    wakes = NeedsLoopLocked(held);
                    var now = core.Now;
                    foreach (var address in held)
                        ConcludeLocked(address, until, stored, now);
                }
            }
        }

        foreach (var lease in leases)
            core.Log.Released(lease.Pod, lease.Attachment, lease.Address, until);
        if (wakes)
            core.Wake.Set();
    }

    /// <summary>The loop looks again by itself when the next rest ends; a later end is no news to it, unless somebody waits or an ENI is lost.</summary>
    private bool NeedsLoopLocked(PoolAddress[] held) =>
        State.Waiting.Count > 0 || State.Addresses.NextRested is null || Array.Exists(held, static address => address.Eni.State == EniState.Lost);

    private static List<LedgerChange> ChangesFor(PoolAddress[] held, Lease[] leases, DateTimeOffset until)
    {
        var changes = new List<LedgerChange>(3 * held.Length);
        for (var i = 0; i < held.Length; i++)
        {
            changes.Add(new LedgerChange.DropLease(leases[i].Attachment));
            changes.Add(Rest(held[i].Address));
            if (held[i].Partner is { } partner)
                changes.Add(Rest(partner.Address));

            LedgerChange.PutAddress Rest(IPAddress address) => new(new StoredAddress(address, leases[i].Eni.Id, StoredAddressKind.Resting, until));
        }

        return changes;
    }

    private void ConcludeLocked(PoolAddress address, DateTimeOffset until, bool stored, DateTimeOffset now)
    {
        address.Releasing = false;
        if (!stored)
            return;
        State.Reclaim.Used(now);
        RestLocked(address, until, now);
        if (address.Partner is { } partner)
            RestLocked(partner, until, now);
        State.RemoveLease(address);
    }

    private void RestLocked(PoolAddress address, DateTimeOffset until, DateTimeOffset now)
    {
        address.HasRow = true;
        address.RestsUntil = until;
        if (address.State == AddressState.Lost)
            State.Pauses.Clear(LossReport.KeyOf(address));
        State.Addresses.Move(address, AddressEvent.Released, now);
    }

    /// <summary>Takes back what the attachment is about to get: requests that wait, and a lease on its way into the store.</summary>
    private List<Waiter>? WithdrawLocked(AttachmentKey attachment)
    {
        if (State.Unexplained.Count > 0)
        {
            foreach (var address in State.Unexplained.Where(evidence => evidence.Value == attachment).Select(evidence => evidence.Key).ToArray())
                State.Unexplained.Remove(address);
        }

        if (State.Granting.Count > 0 && State.Granting.TryGetValue(attachment, out var grant))
            grant.Withdrawn = true;
        if (State.Waiting.Count == 0 || !State.Waiting.IsWaiting(attachment))
            return null;
        List<Waiter> waiters = [.. State.Waiting.All.Where(waiter => waiter.Request.Attachment == attachment)];
        foreach (var waiter in waiters)
        {
            var withdrawn = Withdrawn(waiter.Request);
            State.Waiting.Remove(waiter);
            State.History.Asked(waiter.Request, RequestWords.Failed, withdrawn.ToFault(withdrawn.Subject, core.Now));
        }

        return waiters;
    }

    private static void FailWithdrawn(List<Waiter>? waiters)
    {
        foreach (var waiter in waiters ?? [])
            waiter.Fail(Withdrawn(waiter.Request));
    }

    public static IpamException Withdrawn(LeaseRequest request) => new(IpamErrorCode.LeaseWithdrawn, "lease an address for", $"pod {request.Pod} ({request.Attachment})",
        "the attachment was released while its request waited", "Nothing is held; ask again if the pod still lives.", FaultOwner.Caller);
}
