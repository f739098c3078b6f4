namespace Terway.Policy;

/// <summary>What a finding is about. The names are stable.</summary>
public enum LintCode
{
    /// <summary>The policy selects no pod, so it does nothing.</summary>
    SelectsNothing,

    /// <summary>The policy selects pods on the node's network, which policy does not govern.</summary>
    SelectsHostNetwork,

    /// <summary>A peer matches no pod and no network set.</summary>
    PeerMatchesNothing,

    /// <summary>A rule can never match a packet.</summary>
    RuleNeverMatches,

    /// <summary>A rule stands behind one that decides about every packet.</summary>
    RuleUnreachable,

    /// <summary>A port's name belongs to none of the pods that it is asked of.</summary>
    PortNameUnknown,

    /// <summary>Two selectors are two peers (OR), where one peer with both (AND) is probably meant.</summary>
    PeersProbablyOne,

    /// <summary>Rules of a direction that the policy does not govern.</summary>
    DirectionIgnored,

    /// <summary>The policy stands in a tier that is not there.</summary>
    TierUnknown,

    /// <summary>Pods may send, but not to the port of the name service.</summary>
    NoNameService,
}
