namespace Terway.Policy;

/// <summary>A NetworkPolicy or GlobalNetworkPolicy of Calico v3: ordered rules in a tier.</summary>
public sealed record CalicoPolicy : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key =>
        new(Namespace is null ? ResourceKind.GlobalNetworkPolicy : ResourceKind.NetworkPolicy, Namespace, Name);

    /// <summary>The namespace of a NetworkPolicy; null makes it a GlobalNetworkPolicy.</summary>
    public string? Namespace { get; init; }

    /// <summary>The tier it stands in.</summary>
    public string Tier { get; init; } = CalicoTier.DefaultName;

    /// <summary>Its place in the tier, lower first; null is last.</summary>
    public double? Order { get; init; }

    /// <summary>Which endpoints it applies to.</summary>
    public Selector Selector { get; init; } = Selector.All;

    /// <summary>Restricts a global policy to pods of matching namespaces.</summary>
    public Selector? NamespaceSelector { get; init; }

    /// <summary>Restricts it to pods whose service account matches.</summary>
    public Selector? ServiceAccountSelector { get; init; }

    /// <summary>The directions it governs; null leaves them to the rules that are there.</summary>
    public PolicyDirections? Types { get; init; }

    /// <summary>Rules for what comes in; the first that matches decides.</summary>
    public EquatableArray<CalicoRule> Ingress { get; init; }

    /// <summary>Rules for what goes out; the first that matches decides.</summary>
    public EquatableArray<CalicoRule> Egress { get; init; }

    /// <summary>Whether only host endpoints are meant (<c>doNotTrack</c> or <c>preDNAT</c>); pods are not subject to such a policy.</summary>
    public bool IsForHostsOnly { get; init; }

    /// <summary>The directions it governs: those listed; else both where both have rules, egress where only egress has, ingress otherwise.</summary>
    public PolicyDirections Directions => Types ?? (Egress.IsEmpty, Ingress.IsEmpty) switch
    {
        (true, _) => PolicyDirections.Ingress,
        (false, true) => PolicyDirections.Egress,
        (false, false) => PolicyDirections.Both,
    };
}
