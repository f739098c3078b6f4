namespace Terway.Policy;

/// <summary>An object that network policy is calculated from. Immutable, compared by value.</summary>
public abstract record Resource
{
    /// <summary>What names the object.</summary>
    public abstract ResourceKey Key { get; }

    /// <summary>The object's name.</summary>
    public required string Name { get; init; }
}
