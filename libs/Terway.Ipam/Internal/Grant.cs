namespace Terway.Ipam.Internal;

/// <summary>A lease on its way into the store: its addresses are reserved, nobody has seen them yet.</summary>
internal sealed class Grant(PoolAddress address, PoolAddress? partner, Lease lease, string? request)
{
    private List<Waiter>? _waiters;

    public PoolAddress Address { get; } = address;

    /// <summary>The address of the other family.</summary>
    public PoolAddress? Partner { get; } = partner;

    public Lease Lease { get; } = lease;

    /// <summary>The id that the request came with.</summary>
    public string? Request { get; } = request;

    /// <summary>The store keeps the address back from earlier; the lease removes that row.</summary>
    public bool DropsRow { get; } = address.HasRow;

    /// <summary>The same for the partner.</summary>
    public bool DropsPartnersRow { get; } = partner is { HasRow: true };

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
