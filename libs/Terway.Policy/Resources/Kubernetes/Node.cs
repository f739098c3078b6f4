using System.Net;

namespace Terway.Policy;

/// <summary>A Kubernetes Node, as far as policy looks at it.</summary>
public sealed record Node : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key => new(ResourceKind.Node, null, Name);

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Its addresses inside the cluster's network, of one family or both.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }
}
