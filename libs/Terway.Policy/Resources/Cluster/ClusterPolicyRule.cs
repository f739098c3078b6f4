namespace Terway.Policy;

/// <summary>A rule of a <see cref="ClusterPolicy"/>.</summary>
public sealed record ClusterPolicyRule
{
    /// <summary>Its name, which need not be the only one of that name.</summary>
    public string? Name { get; init; }

    /// <summary>Allow, Deny, or Pass, which leaves the tier.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>From or to whom, of which one is enough; without any the rule matches nothing.</summary>
    public EquatableArray<ClusterPolicyPeer> Peers { get; init; }

    /// <summary>The destination's ports, of which one is enough; empty means all ports of all protocols.</summary>
    public EquatableArray<ClusterPolicyPort> Ports { get; init; }
}
