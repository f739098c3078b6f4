using System.Collections.Immutable;

namespace Terway.Policy.Manifests;

/// <summary>
/// Namespaces that manifests use and do not hold. In a cluster a pod's namespace is there before the pod; in a folder its object is
/// often left out, and without it the pod would be closed as long as nothing allows its packets.
/// </summary>
public static class ImpliedNamespaces
{
    /// <summary>A namespace, labelled with its name as the API server does, for each one that is used and has no object.</summary>
    /// <param name="resources">The objects.</param>
    public static ImmutableArray<Resource> Of(IEnumerable<Resource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var keys = resources.Select(r => r.Key).ToList();
        var written = keys.Where(k => k.Kind is ResourceKind.Namespace).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        return [.. keys.Select(k => k.Namespace).OfType<string>().Where(written.Add).Select(Of)];
    }

    /// <summary>A namespace of which nothing is known but its name.</summary>
    /// <param name="name">The name.</param>
    public static Namespace Of(string name) => new() { Name = name, Labels = LabelSet.Of((Namespace.NameLabel, name)) };
}
