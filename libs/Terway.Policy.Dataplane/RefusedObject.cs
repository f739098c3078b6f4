namespace Terway.Policy.Dataplane;

/// <summary>A part of the ruleset that the kernel does not take. What depends on it denies, so that nothing passes which should not.</summary>
/// <param name="Code">The stable code of the failure, such as <c>PolicySetRefused</c>.</param>
/// <param name="Subject">The part: a chain, a set, or a pod's link.</param>
/// <param name="Resource">The policy or the pod that it is rendered from, where there is one.</param>
/// <param name="Reason">What the kernel said.</param>
/// <param name="Hint">What would help.</param>
public sealed record RefusedObject(string Code, string Subject, ResourceKey? Resource, string Reason, string Hint)
{
    /// <summary>The refusal in words.</summary>
    public override string ToString() => $"{Subject}{(Resource is null ? "" : $" of {Resource}")} is refused: {Reason} ({Code}). {Hint}";
}
