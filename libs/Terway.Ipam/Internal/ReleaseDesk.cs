using System.Collections.Immutable;
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
        var released = ReleaseAll(() =>
        {
            WithdrawLocked(attachment, out var waiters);
            return (State.FindLease(attachment) is { } held ? [held] : [], waiters);
        });
        return released.IsEmpty ? null : released[0];
    }

    /// <summary>Releases every lease that no valid attachment holds and that is older than the list of them.</summary>
    public CollectResult Collect(IReadOnlySet<AttachmentKey> valid, DateTimeOffset listTakenAt)
    {
        var released = ReleaseAll(() => ([.. State.Held.Where(held =>
            held.Lease is { } lease && lease.GrantedAt < listTakenAt && !UnknownAttachment.Is(lease.Attachment) && !valid.Contains(lease.Attachment))], []));
        lock (State.Lock)
        {
            return new CollectResult(released, State.LeaseCount);
        }
    }

    /// <summary>Releases what only the kernel had shown in use, once the kernel shows it no more.</summary>
    public void ReleaseUnobserved(IReadOnlySet<IPAddress> observed) => ReleaseAll(() =>
    {
        foreach (var address in State.Unexplained.Keys.Where(address => !observed.Contains(address)).ToArray())
            State.Unexplained.Remove(address);
        return ([.. State.Held.Where(held => held.Lease is { } lease && UnknownAttachment.Is(lease.Attachment) && !observed.Contains(held.Address))], []);
    });

    private ImmutableArray<Lease> ReleaseAll(Func<(List<PoolAddress> Held, List<Waiter> Waiters)> choose)
    {
        List<PoolAddress> held;
        List<Waiter> waiters;
        ImmutableArray<Lease> leases;
        DateTimeOffset until;
        lock (State.Lock)
        {
            (held, waiters) = choose();
            held.RemoveAll(address => address.Releasing);
            foreach (var address in held)
                address.Releasing = true;
            leases = [.. held.Select(address => address.Lease!)];
            until = core.Now + core.Options.Rest;
        }

        foreach (var waiter in waiters)
            waiter.Fail(Withdrawn(waiter.Request));
        if (held.Count > 0)
            Store(held, leases, until);
        return leases;
    }

    private void Store(List<PoolAddress> held, ImmutableArray<Lease> leases, DateTimeOffset until)
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
                    foreach (var address in held)
                        ConcludeLocked(address, until, stored);
                }
            }
        }

        foreach (var lease in leases)
            core.Log.Released(lease.Pod, lease.Attachment, lease.Address, until);
        if (wakes)
            core.Wake.Set();
    }

    /// <summary>The loop looks again by itself when the next rest ends; a later end is no news to it, unless somebody waits or an ENI is lost.</summary>
    private bool NeedsLoopLocked(List<PoolAddress> held) =>
        State.Waiting.Count > 0 || State.Addresses.NextRested is null || held.Exists(address => address.Eni.State == EniState.Lost);

    private static List<LedgerChange> ChangesFor(List<PoolAddress> held, ImmutableArray<Lease> leases, DateTimeOffset until)
    {
        var changes = new List<LedgerChange>(2 * held.Count);
        for (var i = 0; i < held.Count; i++)
        {
            changes.Add(new LedgerChange.DropLease(leases[i].Attachment));
            changes.Add(new LedgerChange.PutAddress(new StoredAddress(held[i].Address, leases[i].Eni.Id, StoredAddressKind.Resting, until)));
        }

        return changes;
    }

    private void ConcludeLocked(PoolAddress address, DateTimeOffset until, bool stored)
    {
        address.Releasing = false;
        if (!stored)
            return;
        State.RemoveLease(address);
        State.Reclaim.Used(core.Now);
        address.HasRow = true;
        address.RestsUntil = until;
        State.Pauses.Clear(LossReport.KeyOf(address));
        State.Addresses.Move(address, AddressEvent.Released, core.Now);
    }

    /// <summary>Takes back what the attachment is about to get: requests that wait, and a lease on its way into the store.</summary>
    private void WithdrawLocked(AttachmentKey attachment, out List<Waiter> waiters)
    {
        waiters = [];
        foreach (var address in State.Unexplained.Where(evidence => evidence.Value == attachment).Select(evidence => evidence.Key).ToArray())
            State.Unexplained.Remove(address);
        if (State.Granting.TryGetValue(attachment, out var grant))
            grant.Withdrawn = true;
        if (State.Waiting.IsWaiting(attachment))
            waiters = [.. State.Waiting.All.Where(waiter => waiter.Request.Attachment == attachment)];
        foreach (var waiter in waiters)
            State.Waiting.Remove(waiter);
    }

    public static IpamException Withdrawn(LeaseRequest request) => new(IpamErrorCode.LeaseWithdrawn, "lease an address for", $"pod {request.Pod} ({request.Attachment})",
        "the attachment was released while its request waited", "Nothing is held; ask again if the pod still lives.", FaultOwner.Caller);
}
