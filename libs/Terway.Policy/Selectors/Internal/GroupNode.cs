using System.Collections.Immutable;
using System.Text;

namespace Terway.Policy.Internal;

/// <summary>Operands joined by <c>&amp;&amp;</c> or <c>||</c>. Groups keep their nesting, since the canonical text shows it.</summary>
internal sealed class GroupNode(bool isAnd, ImmutableArray<SelectorNode> operands) : SelectorNode
{
    internal bool IsAnd { get; } = isAnd;

    internal ImmutableArray<SelectorNode> Operands { get; } = operands;

    internal override bool Matches(ILabelView labels)
    {
        foreach (var operand in Operands)
        {
            if (operand.Matches(labels) != IsAnd)
                return !IsAnd;
        }

        return IsAnd;
    }

    internal override void Write(StringBuilder text)
    {
        text.Append('(');
        for (var i = 0; i < Operands.Length; i++)
        {
            if (i > 0)
                text.Append(IsAnd ? " && " : " || ");
            Operands[i].Write(text);
        }

        text.Append(')');
    }

    internal override SelectorNode Map(Func<SelectorNode, SelectorNode> leaf) =>
        new GroupNode(IsAnd, [.. Operands.Select(o => o.Map(leaf))]);
}
