using System.Text;

namespace Terway.Policy.Internal;

/// <summary><c>all()</c> or <c>global()</c>.</summary>
internal sealed class ConstantNode : SelectorNode
{
    private readonly string _text;

    private ConstantNode(string text) => _text = text;

    internal static ConstantNode All { get; } = new("all()");

    internal static ConstantNode Global { get; } = new("global()");

    internal override bool Matches(ILabelView labels) => this == All ? labels.IsAll : labels.IsGlobal;

    internal override void Write(StringBuilder text) => text.Append(_text);

    internal override SelectorNode Map(Func<SelectorNode, SelectorNode> leaf) => leaf(this);
}
