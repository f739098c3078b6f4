namespace Terway.Policy;

/// <summary>
/// A policy of the cluster's administrators: ClusterNetworkPolicy of <c>policy.networking.k8s.io/v1alpha2</c>, or AdminNetworkPolicy and
/// BaselineAdminNetworkPolicy of <c>v1alpha1</c>, its predecessors. Being its subject denies nothing by itself.
/// </summary>
public sealed record ClusterPolicy : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key => new(Kind, null, Name);

    /// <summary>Which of the three it is written as.</summary>
    public ResourceKind Kind { get; init; } = ResourceKind.ClusterNetworkPolicy;

    /// <summary>Whether it stands before the namespaces' own policies or after them.</summary>
    public required ClusterPolicyTier Tier { get; init; }

    /// <summary>Its place in the tier, 0 to 1000, lower first.</summary>
    public int Priority { get; init; }

    /// <summary>Which pods it governs; a pod on its node's network is never among them.</summary>
    public required ClusterPolicyPeer Subject { get; init; }

    /// <summary>Rules for what comes in; the first that matches decides.</summary>
    public EquatableArray<ClusterPolicyRule> Ingress { get; init; }

    /// <summary>Rules for what goes out; the first that matches decides.</summary>
    public EquatableArray<ClusterPolicyRule> Egress { get; init; }

    /// <summary>The directions that it says something about: those that have rules.</summary>
    public PolicyDirections Directions =>
        (Ingress.IsEmpty ? PolicyDirections.None : PolicyDirections.Ingress) | (Egress.IsEmpty ? PolicyDirections.None : PolicyDirections.Egress);

    /// <summary>Calico's name of the tier.</summary>
    internal string TierName => Tier is ClusterPolicyTier.Admin ? "kube-admin" : "kube-baseline";
}
