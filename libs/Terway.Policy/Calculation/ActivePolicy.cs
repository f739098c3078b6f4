namespace Terway.Policy;

/// <summary>A policy that governs at least one pod of the node.</summary>
/// <param name="Key">The object it comes from.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Ingress">Rules for what comes to a pod; the first that matches decides.</param>
/// <param name="Egress">Rules for what leaves a pod; the first that matches decides.</param>
public sealed record ActivePolicy(ResourceKey Key, string Tier, EquatableArray<ActiveRule> Ingress, EquatableArray<ActiveRule> Egress);
