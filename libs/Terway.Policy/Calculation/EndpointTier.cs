namespace Terway.Policy;

/// <summary>The policies of one tier that govern a pod. A direction without policies skips the tier.</summary>
/// <param name="Name">The tier.</param>
/// <param name="DefaultAction">What happens to a packet that they leave undecided: Deny or Pass.</param>
/// <param name="Ingress">Those for ingress, in the order they are asked.</param>
/// <param name="Egress">Those for egress, in the order they are asked.</param>
public sealed record EndpointTier(string Name, RuleAction DefaultAction, EquatableArray<ResourceKey> Ingress, EquatableArray<ResourceKey> Egress);
