namespace Terway.Policy;

/// <summary>What happens to a packet, and which policies led to it. Each end decides for itself; both must allow.</summary>
/// <param name="Egress">What the source's policies say; null where the source is not a pod, or is the destination too.</param>
/// <param name="Ingress">What the destination's policies say; null where it is not a pod, or is the source too.</param>
public sealed record PacketVerdict(DirectionVerdict? Egress, DirectionVerdict? Ingress)
{
    /// <summary>Whether the packet arrives.</summary>
    public bool IsAllowed => (Egress?.IsAllowed ?? true) && (Ingress?.IsAllowed ?? true);

    /// <summary>The verdict in words.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        new[] { IsAllowed ? "allowed" : "denied", Egress?.ToString(), Ingress?.ToString() }.Where(line => line is not null));
}
