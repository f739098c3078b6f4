namespace Terway.Policy;

/// <summary>What names an object: its kind, its namespace if it lives in one, its name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null for what belongs to the cluster.</param>
/// <param name="Name">The name.</param>
public readonly record struct ResourceKey(ResourceKind Kind, string? Namespace, string Name) : IComparable<ResourceKey>
{
    /// <summary>The key of a pod.</summary>
    /// <param name="podNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    public static ResourceKey Pod(string podNamespace, string name) => new(ResourceKind.Pod, podNamespace, name);

    /// <summary>Felix's order of policies that have the same place: by bytes of <c>name/namespace/kind</c>.</summary>
    /// <param name="other">The other.</param>
    public int CompareTo(ResourceKey other) => string.CompareOrdinal(OrderText(this), OrderText(other));

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(ResourceKey left, ResourceKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after the other.</summary>
    public static bool operator >(ResourceKey left, ResourceKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come after the other.</summary>
    public static bool operator <=(ResourceKey left, ResourceKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before the other.</summary>
    public static bool operator >=(ResourceKey left, ResourceKey right) => left.CompareTo(right) >= 0;

    /// <summary>The key as <c>Kind namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    private static string OrderText(ResourceKey key) => $"{key.Name}/{key.Namespace}/{key.Kind}";
}
