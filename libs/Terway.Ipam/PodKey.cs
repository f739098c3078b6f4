namespace Terway.Ipam;

/// <summary>The namespace and name of a pod, written <c>namespace/name</c>.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Name">The pod's name.</param>
public readonly record struct PodKey(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}";
}
