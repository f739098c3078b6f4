using System.Collections.Immutable;

namespace Terway.Ipam.Store;

/// <summary>All that a store holds.</summary>
public sealed record StoredPool
{
    /// <summary>The pool of a store that nothing was written to.</summary>
    public static StoredPool Empty { get; } = new();

    /// <summary>The leases.</summary>
    public ImmutableArray<Lease> Leases { get; init; } = [];

    /// <summary>Addresses that nobody holds but that must not be given out.</summary>
    public ImmutableArray<StoredAddress> Addresses { get; init; } = [];

    /// <summary>The ENIs that the pool created or asked for.</summary>
    public ImmutableArray<StoredEni> Enis { get; init; } = [];

    /// <summary>What was learnt about the node; null in a new store.</summary>
    public StoredNode? Node { get; init; }
}
