namespace Terway.Policy;

/// <summary>A rule of a Kubernetes NetworkPolicy: it allows what matches one of its peers and one of its ports.</summary>
public sealed record KubernetesRule
{
    /// <summary>A rule of which nothing could be read. It matches nothing, and keeps the place of those after it.</summary>
    public static KubernetesRule Void { get; } = new() { IsVoid = true };

    /// <summary>Whether it matches nothing, whatever else it says.</summary>
    public bool IsVoid { get; init; }

    /// <summary>From or to whom; empty means everybody, addresses outside the cluster included.</summary>
    public EquatableArray<KubernetesPeer> Peers { get; init; }

    /// <summary>The destination's ports; empty means all ports of all protocols.</summary>
    public EquatableArray<KubernetesPort> Ports { get; init; }
}
