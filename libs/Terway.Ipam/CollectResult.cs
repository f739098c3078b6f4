using System.Collections.Immutable;

namespace Terway.Ipam;

/// <summary>What a collection did.</summary>
/// <param name="Released">The leases that no valid attachment held and that were released.</param>
/// <param name="Kept">The number of leases that stay.</param>
public sealed record CollectResult(ImmutableArray<Lease> Released, int Kept);
