using System.Text;

namespace Terway.Policy.Internal;

/// <summary>A node of a selector's syntax tree.</summary>
internal abstract class SelectorNode
{
    internal abstract bool Matches(ILabelView labels);

    /// <summary>Appends the canonical text, on which the names of IP sets depend.</summary>
    internal abstract void Write(StringBuilder text);

    /// <summary>The tree with each leaf replaced.</summary>
    internal abstract SelectorNode Map(Func<SelectorNode, SelectorNode> leaf);
}
