using System.Collections.Immutable;

namespace Terway.Policy.Internal;

/// <summary>A label that all that a selector matches must have, with one of the values. An index looks only there.</summary>
internal sealed record LabelRestriction(string Key, ImmutableArray<string> Values)
{
    /// <summary>The restrictions that hold for everything a selector matches; of alternatives and negations none is known.</summary>
    internal static IEnumerable<LabelRestriction> Of(SelectorNode node) => node switch
    {
        LabelNode { Operator: LabelOperator.Equals or LabelOperator.In } label => [new(label.Key, label.Values)],
        GroupNode { IsAnd: true } group => group.Operands.SelectMany(Of),
        _ => [],
    };
}
