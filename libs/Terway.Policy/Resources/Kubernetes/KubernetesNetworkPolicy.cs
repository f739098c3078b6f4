namespace Terway.Policy;

/// <summary>A NetworkPolicy of <c>networking.k8s.io/v1</c>.</summary>
public sealed record KubernetesNetworkPolicy : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key => new(ResourceKind.KubernetesNetworkPolicy, Namespace, Name);

    /// <summary>The namespace whose pods it may select.</summary>
    public required string Namespace { get; init; }

    /// <summary>Which pods it isolates; missing means all of the namespace.</summary>
    public LabelSelector PodSelector { get; init; } = LabelSelector.Everything;

    /// <summary>The directions it governs; null leaves them to the API server's default.</summary>
    public PolicyDirections? PolicyTypes { get; init; }

    /// <summary>What may come in.</summary>
    public EquatableArray<KubernetesRule> Ingress { get; init; }

    /// <summary>What may go out.</summary>
    public EquatableArray<KubernetesRule> Egress { get; init; }

    /// <summary>The directions it governs: those listed, else ingress, and egress where egress rules exist, as the API server defaults.</summary>
    public PolicyDirections Directions =>
        PolicyTypes ?? (Egress.IsEmpty ? PolicyDirections.Ingress : PolicyDirections.Both);
}
