namespace Terway.Policy;

/// <summary>Something in a policy that is valid and probably not meant.</summary>
/// <param name="Code">What it is about.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Field">Where, such as <c>spec.ingress[0].from[1]</c>.</param>
/// <param name="Reason">What is odd there.</param>
/// <param name="Hint">What would help.</param>
public sealed record LintFinding(LintCode Code, ResourceKey Policy, string Field, string Reason, string Hint)
{
    /// <summary>The finding in a line.</summary>
    public override string ToString() => $"{Policy}: {Field}: {Code}: {Reason} ({Hint})";
}
