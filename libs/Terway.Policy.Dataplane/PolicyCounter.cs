namespace Terway.Policy.Dataplane;

/// <summary>What the rules of one policy, or of a pod's own chain, decided since they were put into the kernel.</summary>
/// <param name="Resource">The policy, or the pod where its own chain decided.</param>
/// <param name="Direction">Ingress or egress, seen from the pod.</param>
/// <param name="AllowedPackets">First packets of connections that were allowed.</param>
/// <param name="DeniedPackets">Packets that were denied.</param>
public sealed record PolicyCounter(ResourceKey Resource, PolicyDirections Direction, ulong AllowedPackets, ulong DeniedPackets);
