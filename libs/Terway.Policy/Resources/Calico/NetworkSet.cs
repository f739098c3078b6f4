using System.Net;

namespace Terway.Policy;

/// <summary>A NetworkSet or GlobalNetworkSet of Calico v3: addresses with labels, which rules select as they select pods.</summary>
public sealed record NetworkSet : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key =>
        new(Namespace is null ? ResourceKind.GlobalNetworkSet : ResourceKind.NetworkSet, Namespace, Name);

    /// <summary>The namespace of a NetworkSet; null makes it a GlobalNetworkSet.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Its addresses.</summary>
    public EquatableArray<IPNetwork> Nets { get; init; }
}
