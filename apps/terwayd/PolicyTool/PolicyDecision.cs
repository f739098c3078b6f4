using Terway.Policy;

namespace Terwayd.PolicyTool;

/// <summary>What decided about a packet in one direction: a rule, the end of a tier whose policies isolate the pod, or nothing.</summary>
/// <param name="Tier">The tier; null where none decided and the default holds.</param>
/// <param name="Policy">The policy; at the end of a tier the first of those that isolate.</param>
/// <param name="Rule">The rule's index in its list of the object; null at the end of a tier.</param>
/// <param name="IsolatedBy">At the end of a tier all policies that isolate the pod there.</param>
internal sealed record PolicyDecision(string? Tier, ResourceKey? Policy, int? Rule, EquatableArray<ResourceKey> IsolatedBy = default)
{
    internal static PolicyDecision Default { get; } = new(null, null, null);

    internal static PolicyDecision Of(DirectionVerdict? verdict)
    {
        if (verdict?.Decision is not { Outcome: StepOutcome.Allowed or StepOutcome.Denied or StepOutcome.DeniedByTier } decision)
            return Default;
        if (decision.Outcome is not StepOutcome.DeniedByTier)
            return new(decision.Tier, decision.Policy, decision.Rule);
        var isolating = verdict.Steps.Where(s => s.Tier == decision.Tier).Select(s => s.Policy).OfType<ResourceKey>().Distinct().ToEquatableArray();
        return new(decision.Tier, isolating[0], null, isolating);
    }

    /// <summary>The decision in a table's cell.</summary>
    public override string ToString() => this switch
    {
        { Tier: null } => "default",
        { Rule: { } rule } => $"{Tier}: {PolicyName(Policy!.Value)} [{rule}]",
        _ => $"{Tier}: isolated by {string.Join(", ", IsolatedBy.Select(PolicyName))}",
    };

    internal static string PolicyName(ResourceKey key) => key.Namespace is null ? key.Name : $"{key.Namespace}/{key.Name}";
}
