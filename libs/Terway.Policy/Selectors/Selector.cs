using System.Diagnostics.CodeAnalysis;
using System.Text;
using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>An expression of Calico's selector language over labels, such as <c>app == "web" &amp;&amp; !has(test)</c>.</summary>
/// <remarks>
/// Immutable and safe to share. Two selectors are equal when their canonical text is. A label that is missing satisfies <c>!=</c> and
/// <c>not in</c>, and no other comparison.
/// </remarks>
public sealed class Selector : IEquatable<Selector>
{
    private readonly string _text;
    private string? _id;

    internal Selector(SelectorNode root)
    {
        Root = root;
        var text = new StringBuilder();
        root.Write(text);
        _text = text.ToString();
    }

    /// <summary><c>all()</c>, which matches everything.</summary>
    public static Selector All { get; } = new(ConstantNode.All);

    /// <summary>The identity of the selector's IP set in Felix: <c>s:</c> and a digest of the canonical text.</summary>
    public string Id => _id ??= SetIds.Make("s", _text);

    internal SelectorNode Root { get; }

    /// <summary>Reads a selector; empty text is <c>all()</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="SelectorException">The text is not a selector.</exception>
    public static Selector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var selector, out var error) ? selector : throw error;
    }

    /// <summary>Reads a selector; empty text is <c>all()</c>.</summary>
    /// <param name="text">The text; null is no selector.</param>
    /// <param name="selector">The selector, where there is one.</param>
    /// <param name="error">What is wrong, where there is none; it is not thrown.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out SelectorException? error)
    {
        var root = new SelectorParser(text ?? "").Read(out error);
        selector = root is null ? null : new Selector(root);
        return selector is not null;
    }

    /// <summary>Whether labels satisfy the selector.</summary>
    /// <param name="labels">The labels.</param>
    public bool Matches(ILabelView labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Root.Matches(labels);
    }

    /// <inheritdoc/>
    public bool Equals(Selector? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Selector);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text, which reads back as the same selector.</summary>
    public override string ToString() => _text;

    internal static Selector HasValue(string key, string value) => new(new LabelNode(key, LabelOperator.Equals, [value]));

    internal static Selector AllOf(params ReadOnlySpan<Selector> parts) =>
        parts.Length == 1 ? parts[0] : new(new GroupNode(isAnd: true, [.. parts.ToArray().Select(p => p.Root)]));

    internal Selector Not() => new(NotNode.Of(Root));
}
