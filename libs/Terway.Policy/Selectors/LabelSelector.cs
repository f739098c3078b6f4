using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>A Kubernetes label selector: all of its labels and all of its expressions; an empty one selects everything.</summary>
public sealed record LabelSelector
{
    /// <summary>The selector <c>{}</c>.</summary>
    public static LabelSelector Everything { get; } = new();

    /// <summary>Labels that must be there with these values.</summary>
    public LabelSet MatchLabels { get; init; } = LabelSet.Empty;

    /// <summary>Further requirements.</summary>
    public EquatableArray<LabelRequirement> MatchExpressions { get; init; }

    /// <summary>Whether labels satisfy every requirement, by Kubernetes' own definition.</summary>
    /// <param name="labels">The labels.</param>
    public bool Matches(ILabelView labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var (key, value) in MatchLabels)
        {
            if (labels.Find(key) != value)
                return false;
        }

        foreach (var requirement in MatchExpressions)
        {
            if (!requirement.Matches(labels))
                return false;
        }

        return true;
    }

    /// <summary>The same question in Calico's language: first the labels sorted by key, then the expressions in their order.</summary>
    public Selector ToSelector() => ToSelector([]) ?? Selector.All;

    internal Selector? ToSelector(ReadOnlySpan<Selector> first)
    {
        List<Selector> terms = [.. first];
        foreach (var (key, value) in MatchLabels)
            terms.Add(Selector.HasValue(key, value));
        foreach (var requirement in MatchExpressions)
            terms.Add(requirement.ToSelector());
        return terms.Count == 0 ? null : Selector.AllOf([.. terms]);
    }
}
