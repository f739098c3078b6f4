namespace Terway.Policy;

/// <summary>A peer of a Kubernetes rule: either selectors, which are joined by AND, or an address block.</summary>
public sealed record KubernetesPeer
{
    /// <summary>Pods by their labels; null does not restrict, and is not the same as the empty selector where both are missing.</summary>
    public LabelSelector? PodSelector { get; init; }

    /// <summary>Namespaces by their labels; null means the policy's own.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Addresses; excludes the selectors.</summary>
    public IpBlock? IpBlock { get; init; }
}
