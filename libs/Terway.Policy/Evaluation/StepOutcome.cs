namespace Terway.Policy;

/// <summary>What a step of an evaluation led to.</summary>
public enum StepOutcome
{
    /// <summary>The rule allows the packet.</summary>
    Allowed,

    /// <summary>The rule denies the packet.</summary>
    Denied,

    /// <summary>The rule passes the packet on to the next tier.</summary>
    Passed,

    /// <summary>The rule logs the packet; the next rule is asked.</summary>
    Logged,

    /// <summary>No rule of the policy matches.</summary>
    NotMatched,

    /// <summary>A policy of the tier selects the pod, none decided, and the tier denies what is left.</summary>
    DeniedByTier,

    /// <summary>A policy of the tier selects the pod, none decided, and the tier passes what is left.</summary>
    PassedByTier,

    /// <summary>No tier decided, and the pod's namespace allows.</summary>
    AllowedByDefault,

    /// <summary>No tier decided, and the pod's namespace is not known, so the pod stays closed.</summary>
    NamespaceUnknown,

    /// <summary>The packet comes from the pod's own node, which always reaches it.</summary>
    FromOwnNode,
}
