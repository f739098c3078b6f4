namespace Terway.Policy.Internal;

/// <summary>The tiers in their order, those that exist unwritten among them.</summary>
internal sealed class TierTable
{
    private readonly Dictionary<string, CalicoTier> _written = new(StringComparer.Ordinal);

    internal void Set(CalicoTier tier) => _written[tier.Name] = tier;

    internal void Remove(string name) => _written.Remove(name);

    /// <summary>A tier by its name; one that is named but not there is last and denies.</summary>
    internal (CalicoTier Tier, bool IsKnown) Find(string name)
    {
        if (_written.TryGetValue(name, out var tier))
            return (tier, true);
        foreach (var builtIn in CalicoTier.BuiltIn)
        {
            if (builtIn.Name == name)
                return (builtIn, true);
        }

        return (new CalicoTier { Name = name }, false);
    }
}
