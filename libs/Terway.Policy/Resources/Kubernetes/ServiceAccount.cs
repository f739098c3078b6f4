namespace Terway.Policy;

/// <summary>A Kubernetes ServiceAccount: the labels by which Calico's rules select pods that run under it.</summary>
public sealed record ServiceAccount : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key => new(ResourceKind.ServiceAccount, Namespace, Name);

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;
}
