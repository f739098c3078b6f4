namespace Terway.Ipam.Internal;

/// <summary>A lease on its way into the store: its address is reserved, nobody has seen it yet.</summary>
internal sealed class Grant(PoolAddress address, Lease lease, bool dropsRow)
{
    private List<Waiter>? _waiters;

    public PoolAddress Address { get; } = address;

    public Lease Lease { get; } = lease;

    /// <summary>The store keeps the address back from earlier; the lease removes that row.</summary>
    public bool DropsRow { get; } = dropsRow;

    /// <summary>Those who get the lease when it is stored; none, and no list, when the request did not have to wait.</summary>
    public IReadOnlyList<Waiter> Waiters => _waiters ?? (IReadOnlyList<Waiter>)[];

    public Grant For(Waiter waiter)
    {
        (_waiters ??= []).Add(waiter);
        return this;
    }

    /// <summary>The attachment was released meanwhile.</summary>
    public bool Withdrawn { get; set; }
}
