using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>One of the <c>matchExpressions</c> of a label selector.</summary>
/// <param name="Key">The label's key.</param>
/// <param name="Operator">What is asked of it.</param>
/// <param name="Values">The values of <c>In</c> and <c>NotIn</c>; the others take none.</param>
public sealed record LabelRequirement(string Key, LabelRequirementOperator Operator, EquatableArray<string> Values = default)
{
    /// <summary>Whether labels satisfy the requirement; <c>NotIn</c> is satisfied where the key is missing.</summary>
    /// <param name="labels">The labels.</param>
    public bool Matches(ILabelView labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var value = labels.Find(Key);
        return Operator switch
        {
            LabelRequirementOperator.In => value is not null && Values.Contains(value, StringComparer.Ordinal),
            LabelRequirementOperator.NotIn => value is null || !Values.Contains(value, StringComparer.Ordinal),
            LabelRequirementOperator.Exists => value is not null,
            _ => value is null,
        };
    }

    internal Selector ToSelector() => Operator switch
    {
        LabelRequirementOperator.In => new(new LabelNode(Key, LabelOperator.In, Values.Items)),
        LabelRequirementOperator.NotIn => new(new LabelNode(Key, LabelOperator.NotIn, Values.Items)),
        LabelRequirementOperator.Exists => new(new LabelNode(Key, LabelOperator.Has, [])),
        _ => new Selector(new LabelNode(Key, LabelOperator.Has, [])).Not(),
    };
}
