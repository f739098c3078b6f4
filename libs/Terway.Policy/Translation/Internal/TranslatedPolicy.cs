namespace Terway.Policy.Internal;

/// <summary>A policy in Felix's form, whatever it was written as: one subject selector, Calico rules, a place in a tier.</summary>
internal sealed record TranslatedPolicy
{
    internal required ResourceKey Key { get; init; }

    internal required string Tier { get; init; }

    /// <summary>The place in the tier; what names none is last.</summary>
    internal required double Order { get; init; }

    internal required Selector Subject { get; init; }

    internal required PolicyDirections Directions { get; init; }

    internal EquatableArray<TranslatedRule> Ingress { get; init; }

    internal EquatableArray<TranslatedRule> Egress { get; init; }
}
