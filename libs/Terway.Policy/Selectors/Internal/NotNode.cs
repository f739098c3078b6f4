using System.Text;

namespace Terway.Policy.Internal;

/// <summary>The negation of an operand; a negated negation is the operand itself.</summary>
internal sealed class NotNode : SelectorNode
{
    private NotNode(SelectorNode operand) => Operand = operand;

    internal SelectorNode Operand { get; }

    internal static SelectorNode Of(SelectorNode operand) => operand is NotNode not ? not.Operand : new NotNode(operand);

    internal override bool Matches(ILabelView labels) => !Operand.Matches(labels);

    internal override void Write(StringBuilder text)
    {
        text.Append('!');
        Operand.Write(text);
    }

    internal override SelectorNode Map(Func<SelectorNode, SelectorNode> leaf) => Of(Operand.Map(leaf));
}
