namespace Terway.Policy;

/// <summary>A step of an evaluation.</summary>
/// <param name="Outcome">What it led to.</param>
/// <param name="Tier">The tier, where one was asked.</param>
/// <param name="Policy">The policy, where one was asked.</param>
/// <param name="Rule">The rule's index in its list of the object as it is written, where one matched.</param>
public sealed record EvaluationStep(StepOutcome Outcome, string? Tier = null, ResourceKey? Policy = null, int? Rule = null)
{
    /// <summary>The step in words.</summary>
    public override string ToString() => Outcome switch
    {
        StepOutcome.Allowed => $"rule {Rule} of {Policy} in tier {Tier} allows it",
        StepOutcome.Denied => $"rule {Rule} of {Policy} in tier {Tier} denies it",
        StepOutcome.Passed => $"rule {Rule} of {Policy} in tier {Tier} passes it on",
        StepOutcome.Logged => $"rule {Rule} of {Policy} in tier {Tier} logs it",
        StepOutcome.NotMatched => $"no rule of {Policy} in tier {Tier} matches it",
        StepOutcome.DeniedByTier => $"tier {Tier} denies what its policies leave undecided",
        StepOutcome.PassedByTier => $"tier {Tier} passes on what its policies leave undecided",
        StepOutcome.AllowedByDefault => "no policy decides, and the namespace allows by default",
        StepOutcome.NamespaceUnknown => "no policy decides, and the pod's namespace is not known",
        _ => "it comes from the pod's own node",
    };
}
