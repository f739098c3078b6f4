namespace Terway.Policy;

/// <summary>What one end's policies say of a packet, and how they came to it.</summary>
/// <param name="Pod">The pod whose policies were asked.</param>
/// <param name="Direction">Ingress or egress, seen from that pod.</param>
/// <param name="Steps">What was asked, in order; the last step decided.</param>
public sealed record DirectionVerdict(ResourceKey Pod, PolicyDirections Direction, EquatableArray<EvaluationStep> Steps)
{
    /// <summary>The step that decided.</summary>
    public EvaluationStep Decision => Steps[^1];

    /// <summary>Whether the packet may pass.</summary>
    public bool IsAllowed => Decision.Outcome is StepOutcome.Allowed or StepOutcome.AllowedByDefault or StepOutcome.FromOwnNode;

    /// <summary>The verdict and its steps in words.</summary>
    public override string ToString() =>
        $"{Direction.ToString().ToLowerInvariant()} of {Pod}: {(IsAllowed ? "allowed" : "denied")}, since {string.Join("; ", Steps)}";
}
