namespace Terway.Policy;

/// <summary>A Kubernetes Namespace: the labels by which rules select its pods.</summary>
public sealed record Namespace : Resource
{
    /// <summary>The label that the API server gives each namespace.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    /// <inheritdoc/>
    public override ResourceKey Key => new(ResourceKind.Namespace, null, Name);

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;
}
