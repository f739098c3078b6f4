namespace Terway.Ipam;

/// <summary>Whether a lease asked for now would be granted; the CNI verb STATUS asks this.</summary>
/// <param name="CanLease">True when an address is ready or can be made ready.</param>
/// <param name="Fault">The coded reason when not.</param>
public sealed record PoolReadiness(bool CanLease, PoolFault? Fault);
