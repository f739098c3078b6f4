namespace Terway.Policy.Nftables;

/// <summary>What a chain is rendered from.</summary>
/// <param name="Resource">The policy or the pod.</param>
/// <param name="Direction">Ingress or egress, seen from the pod.</param>
public sealed record ChainOwner(ResourceKey Resource, PolicyDirections Direction);
