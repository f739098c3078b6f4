using System.Collections.Immutable;
using System.Text;

namespace Terway.Policy.Internal;

/// <summary>A question to one label.</summary>
internal sealed class LabelNode(string key, LabelOperator op, ImmutableArray<string> values) : SelectorNode
{
    internal string Key { get; } = key;

    internal LabelOperator Operator { get; } = op;

    /// <summary>The operands; those of <c>in</c> and <c>not in</c> are sorted and unique.</summary>
    internal ImmutableArray<string> Values { get; } =
        op is LabelOperator.In or LabelOperator.NotIn ? [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : values;

    internal override bool Matches(ILabelView labels)
    {
        var value = labels.Find(Key);
        return Operator switch
        {
            LabelOperator.NotEquals => value is null || value != Values[0],
            LabelOperator.NotIn => value is null || !Values.Contains(value, StringComparer.Ordinal),
            _ when value is null => false,
            LabelOperator.Equals => value == Values[0],
            LabelOperator.Contains => value.Contains(Values[0], StringComparison.Ordinal),
            LabelOperator.StartsWith => value.StartsWith(Values[0], StringComparison.Ordinal),
            LabelOperator.EndsWith => value.EndsWith(Values[0], StringComparison.Ordinal),
            LabelOperator.In => Values.Contains(value, StringComparer.Ordinal),
            _ => true,
        };
    }

    internal override void Write(StringBuilder text)
    {
        if (Operator is LabelOperator.Has)
        {
            text.Append("has(").Append(Key).Append(')');
            return;
        }

        text.Append(Key).Append(Word(Operator));
        if (Operator is LabelOperator.In or LabelOperator.NotIn)
            text.Append('{').AppendJoin(", ", Values.Select(Quote)).Append('}');
        else
            text.Append(Quote(Values[0]));
    }

    internal override SelectorNode Map(Func<SelectorNode, SelectorNode> leaf) => leaf(this);

    private static string Word(LabelOperator op) => op switch
    {
        LabelOperator.Equals => " == ",
        LabelOperator.NotEquals => " != ",
        LabelOperator.Contains => " contains ",
        LabelOperator.StartsWith => " starts with ",
        LabelOperator.EndsWith => " ends with ",
        LabelOperator.In => " in ",
        _ => " not in ",
    };

    private static string Quote(string value) => value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";
}
