namespace Terway.Policy;

/// <summary>A rule of a Kubernetes NetworkPolicy: it allows what matches one of its peers and one of its ports.</summary>
public sealed record KubernetesRule
{
    /// <summary>From or to whom; empty means everybody, addresses outside the cluster included.</summary>
    public EquatableArray<KubernetesPeer> Peers { get; init; }

    /// <summary>The destination's ports; empty means all ports of all protocols.</summary>
    public EquatableArray<KubernetesPort> Ports { get; init; }
}
