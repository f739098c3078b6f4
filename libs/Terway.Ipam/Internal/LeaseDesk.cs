using Terway.Ipam.Planning;
using Terway.Ipam.States;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>Gives addresses out and takes them back.</summary>
/// <remarks>
/// Every step has the same shape: decide under the lock, store outside it, then make the outcome visible under the lock.
/// Between the locks the address is in a state that nobody else can take it from.
/// </remarks>
internal sealed class LeaseDesk(PoolCore core, ReleaseDesk releases)
{
    private const string Operation = "lease an address for";

    private PoolState State => core.State;

    /// <summary>A lease for what is ready now; null when the request has to wait.</summary>
    public Lease? TryLease(LeaseRequest request)
    {
        Grant grant;
        lock (State.Lock)
        {
            ThrowIfClosedLocked(request);
            if (State.FindLease(request.Attachment)?.Lease is { } held)
                return held;
            if (State.Waiting.Count > 0 || State.Granting.Count > 0 && State.Granting.ContainsKey(request.Attachment) || ReserveLocked(request) is not { } reserved)
                return null;
            grant = reserved;
        }

        if (Store([grant]) is { } error)
            throw error;
        return Conclude(grant)
            ? grant.Lease
            : throw ReleaseDesk.Withdrawn(request);
    }

    public async ValueTask<Lease> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        try
        {
            if (TryLease(request) is { } ready)
                return ready;
            waiter = Enqueue(request);
        }
        catch (IpamException e)
        {
            Note(request, e);
            throw;
        }

        await using var registration = cancellationToken.UnsafeRegister(Cancel, waiter).ConfigureAwait(false);
        core.Wake.Set();
        return await waiter.Lease.ConfigureAwait(false);

        void Cancel(object? state, CancellationToken token)
        {
            lock (State.Lock)
            {
                if (!State.Waiting.Remove(waiter))
                    return;
                State.History.Asked(request, RequestWords.Cancelled);
            }

            waiter.Cancel(token);
            core.Wake.Set();
        }
    }

    /// <summary>Serves waiting requests in their order from what is ready; all their leases are one commit.</summary>
    public void ServeWaiting()
    {
        var served = new List<(Waiter Waiter, Lease Lease)>();
        var grants = new List<Grant>();
        lock (State.Lock)
        {
            State.Addresses.EndRests(core.Now);
            while (State.Waiting.First is { } waiter)
            {
                if (State.FindLease(waiter.Request.Attachment)?.Lease is { } held)
                    served.Add((waiter, held));
                else if (State.Granting.TryGetValue(waiter.Request.Attachment, out var under))
                    under.For(waiter);
                else if (ReserveLocked(waiter.Request) is { } grant)
                    grants.Add(grant.For(waiter));
                else
                    break;
                State.Waiting.Remove(waiter);
            }
        }

        foreach (var (waiter, lease) in served)
            waiter.Grant(lease);
        if (grants.Count > 0)
            Serve(grants);
    }

    /// <summary>Fails requests whose time is over, and those that no address can reach in time.</summary>
    public void FailHopeless(PoolPlan plan)
    {
        var failed = new List<(Waiter Waiter, IpamException Error)>();
        lock (State.Lock)
        {
            var now = core.Now;
            var place = 0;
            foreach (var waiter in State.Waiting.All)
            {
                if (waiter.Deadline <= now)
                    failed.Add((waiter, TimedOut(waiter, plan, place)));
                else if (plan.Hopeless(place, waiter.Deadline) is { } shortage)
                    failed.Add((waiter, shortage.Fault.ToException(Operation, Subject(waiter.Request))));
                else
                    place++;
            }

            foreach (var (waiter, error) in failed)
            {
                State.Waiting.Remove(waiter);
                State.History.Asked(waiter.Request, RequestWords.Failed, error.ToFault(error.Subject, now));
            }
        }

        foreach (var (waiter, error) in failed)
        {
            core.Log.LeaseFailed(waiter.Request.Pod, waiter.Request.Attachment, error.Code, error.Reason, waiter.Request.RequestId);
            waiter.Fail(error);
        }

        // What they waited for may now be too much.
        if (failed.Count > 0)
            core.Wake.Set();
    }

    /// <summary>Replaces the bytes kept with a lease; a release at the same time wins.</summary>
    public Lease SetPayload(AttachmentKey attachment, ReadOnlyMemory<byte> payload)
    {
        lock (State.Ledger)
        {
            PoolAddress held;
            Lease lease;
            lock (State.Lock)
            {
                held = State.FindLease(attachment) is { Releasing: false } found ? found : throw NotFound(attachment);
                lease = held.Lease! with { Payload = payload };
            }

            core.Store.Commit([new LedgerChange.PutLease(lease)]);
            lock (State.Lock)
            {
                held.Lease = lease;
                if (held.Partner is { } partner)
                    partner.Lease = lease;
                State.Unstored.RemoveAll(unstored => unstored.Attachment == attachment);
            }

            return lease;
        }
    }

    public void FailAll()
    {
        List<Waiter> waiting;
        lock (State.Lock)
        {
            waiting = [.. State.Waiting.All];
            foreach (var waiter in waiting)
                State.Waiting.Remove(waiter);
        }

        foreach (var waiter in waiting)
            waiter.Fail(Stopping(waiter.Request));
    }

    /// <summary>Remembers why a request failed.</summary>
    private void Note(LeaseRequest request, IpamException error)
    {
        lock (State.Lock)
        {
            State.History.Asked(request, RequestWords.Failed, error.ToFault(error.Subject, core.Now));
        }
    }

    private Waiter Enqueue(LeaseRequest request)
    {
        lock (State.Lock)
        {
            ThrowIfClosedLocked(request);
            if (State.Waiting.Count >= core.Options.MaxWaiting)
            {
                throw new IpamException(IpamErrorCode.TooManyWaiting, Operation, Subject(request),
                    $"{State.Waiting.Count} requests wait already, and no more may ({nameof(EniPoolOptions.MaxWaiting)})",
                    "Find out from 'show' what the others wait for; ask again later.", FaultOwner.Node);
            }

            var now = core.Now;
            var waiter = new Waiter(request, now, now + core.Options.LeaseTimeout, core.Completion);
            State.Waiting.Add(waiter);
            State.History.Asked(request, RequestWords.Waits);
            return waiter;
        }
    }

    private Grant? ReserveLocked(LeaseRequest request)
    {
        var now = core.Now;
        State.Addresses.EndRests(now);
        if (State.PickIdle(core.FamiliesOf(request)) is not var (address, partner) || address.Eni.Identity is not { } eni)
            return null;
        State.Addresses.Move(address, AddressEvent.Reserved, now);
        if (partner is not null)
            State.Addresses.Move(partner, AddressEvent.Reserved, now);
        var lease = new Lease
        {
            Attachment = request.Attachment,
            Pod = request.Pod,
            PodUid = request.PodUid,
            IPv4 = address.IsIPv6 ? null : address.Address,
            IPv6 = address.IsIPv6 ? address.Address : partner?.Address,
            Eni = eni,
            GrantedAt = now,
            Payload = request.Payload,
        };
        var grant = new Grant(address, partner, lease, request.RequestId);
        State.Granting.Add(request.Attachment, grant);
        return grant;
    }

    private void Serve(List<Grant> grants)
    {
        var error = Store(grants);
        foreach (var grant in grants)
        {
            var concluded = error is null && Conclude(grant);
            foreach (var waiter in grant.Waiters)
            {
                if (concluded)
                {
                    waiter.Grant(grant.Lease);
                    continue;
                }

                var failure = error ?? ReleaseDesk.Withdrawn(waiter.Request);
                Note(waiter.Request, failure);
                waiter.Fail(failure);
            }
        }
    }

    /// <summary>Stores the leases, all or none; an error undoes every reservation.</summary>
    private IpamException? Store(List<Grant> grants)
    {
        var changes = new List<LedgerChange>(2 * grants.Count);
        AddUnstoredEnis(grants, changes);
        foreach (var grant in grants)
        {
            changes.Add(new LedgerChange.PutLease(grant.Lease));
            if (grant.DropsRow)
                changes.Add(new LedgerChange.DropAddress(grant.Address.Address));
            if (grant.DropsPartnersRow)
                changes.Add(new LedgerChange.DropAddress(grant.Partner!.Address));
        }

        try
        {
            core.Store.Commit(changes);
            return null;
        }
        catch (IpamException e)
        {
            lock (State.Lock)
            {
                foreach (var grant in grants)
                {
                    State.Granting.Remove(grant.Lease.Attachment);
                    State.Addresses.Move(grant.Address, AddressEvent.Undone, core.Now);
                    if (grant.Partner is { } partner)
                        State.Addresses.Move(partner, AddressEvent.Undone, core.Now);
                }
            }

            core.Log.StoreFailed(e.Code, Subject(grants[0].Lease), e);
            core.Wake.Set();
            return e;
        }
    }

    /// <summary>An ENI whose identity the store does not have yet goes with the first lease of it.</summary>
    private void AddUnstoredEnis(List<Grant> grants, List<LedgerChange> changes)
    {
        lock (State.Lock)
        {
            HashSet<PoolEni>? added = null;
            foreach (var grant in grants)
            {
                if (grant.Address.Eni is { Unstored: true } eni && (added ??= []).Add(eni))
                    changes.Add(new LedgerChange.PutEni(eni.ToStored()));
            }
        }
    }

    /// <summary>Makes a stored lease visible; false when its attachment was released meanwhile, and the lease with it.</summary>
    private bool Conclude(Grant grant)
    {
        bool wake;
        lock (State.Lock)
        {
            var now = core.Now;
            State.Granting.Remove(grant.Lease.Attachment);
            State.AddLease(grant.Address, grant.Partner, grant.Lease, grant.Request);
            State.Addresses.Move(grant.Address, AddressEvent.Committed, now);
            grant.Address.HasRow = false;
            if (grant.Partner is { } partner)
            {
                State.Addresses.Move(partner, AddressEvent.Committed, now);
                partner.HasRow = false;
            }

            State.Reclaim.Used(now);
            wake = State.IdleCount < State.LowMark;
        }

        core.Log.Leased(grant.Lease.Pod, grant.Lease.Attachment, grant.Lease.Address, grant.Lease.Eni.Id);
        if (wake)
            core.Wake.Set();
        if (!grant.Withdrawn)
            return true;
        releases.Release(grant.Lease.Attachment);
        return false;
    }

    private IpamException TimedOut(Waiter waiter, PoolPlan plan, int place)
    {
        var shortage = place < plan.Coming ? null : place - plan.Coming < plan.Growth ? plan.Paused : plan.Limit;
        var because = shortage?.Fault ?? State.Pauses.Faults.FirstOrDefault();
        var waited = core.Options.LeaseTimeout.TotalSeconds;
        var where = $"no address became ready within {waited:0} s; it was number {place + 1} of {State.Waiting.Count} waiting";
        return because is null
            ? new IpamException(IpamErrorCode.LeaseTimeout, Operation, Subject(waiter.Request), where,
                "Ask again; 'show' tells what the pool is doing.", FaultOwner.CloudFault)
            : new IpamException(IpamErrorCode.LeaseTimeout, Operation, Subject(waiter.Request),
                $"{where}; the last obstacle was {because.Operation} on {because.Subject}: {because.Reason} ({because.Code})", because.Hint, because.Owner);
    }

    private void ThrowIfClosedLocked(LeaseRequest request)
    {
        if (State.Stopping)
            throw Stopping(request);
        if (!State.Recovered)
        {
            throw new IpamException(IpamErrorCode.PoolRecovering, Operation, Subject(request),
                "the pool is still comparing its store with the node", "Ask again in a moment.", FaultOwner.Node);
        }

        var families = core.FamiliesOf(request);
        if (families == AddressFamilies.None || (families & ~core.Options.Families) != AddressFamilies.None)
        {
            throw new IpamException(IpamErrorCode.FamilyUnsupported, Operation, Subject(request),
                $"the request wants {families}, the pool has {core.Options.Families}", "Set ip_stack accordingly.", FaultOwner.Caller);
        }
    }

    private static IpamException Stopping(LeaseRequest request) => new(IpamErrorCode.PoolStopping, Operation, Subject(request),
        "the pool is shutting down", "Ask again when it runs again.", FaultOwner.Node);

    private static IpamException NotFound(AttachmentKey attachment) => new(
        IpamErrorCode.LeaseNotFound, "keep data for", $"attachment {attachment}", "it holds no lease", "Lease an address for it first.", FaultOwner.Caller);

    private static string Subject(LeaseRequest request) => $"pod {request.Pod} ({request.Attachment})";

    private static string Subject(Lease lease) => $"pod {lease.Pod} ({lease.Attachment})";
}
