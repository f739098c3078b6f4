using System.Collections.Immutable;

namespace Terway.Policy.Internal;

/// <summary>
/// Reads Calico's selector grammar. Keywords are contextual: after a label an operator is expected, elsewhere <c>in</c> or
/// <c>contains</c> name labels. White space is space and tab.
/// </summary>
internal sealed class SelectorParser(string text)
{
    /// <summary>Bounds the stack that hostile text can use; no selector written by a person comes near.</summary>
    private const int MostNesting = 64;
    private const int LongestLabel = 512;

    private int _at;
    private int _depth;
    private SelectorException? _error;

    internal SelectorNode? Read(out SelectorException? error)
    {
        SkipSpace();
        var root = _at == text.Length ? ConstantNode.All : ReadGroup(isAnd: false);
        if (root is not null && _at < text.Length)
            root = Fail("unexpected text");
        error = _error;
        return root;
    }

    private SelectorNode? ReadGroup(bool isAnd)
    {
        var operands = ImmutableArray.CreateBuilder<SelectorNode>(1);
        do
        {
            if ((isAnd ? ReadOperation() : ReadGroup(isAnd: true)) is not { } operand)
                return null;
            operands.Add(operand);
            SkipSpace();
        }
        while (TakeText(isAnd ? "&&" : "||"));

        return operands.Count == 1 ? operands[0] : new GroupNode(isAnd, operands.DrainToImmutable());
    }

    private SelectorNode? ReadOperation()
    {
        SkipSpace();
        var negated = false;
        for (; TakeText("!"); SkipSpace())
            negated = !negated;
        return ReadPrimary() is { } operand ? negated ? NotNode.Of(operand) : operand : null;
    }

    private SelectorNode? ReadPrimary()
    {
        if (TakeText("("))
            return ReadParenthesis();
        if (TakeText("all("))
            return Close(ConstantNode.All);
        if (TakeText("global("))
            return Close(ConstantNode.Global);
        if (TakeText("has("))
        {
            SkipSpace();
            return ReadLabel() is { } key ? Close(new LabelNode(key, LabelOperator.Has, [])) : null;
        }

        return ReadLabel() is { } label ? ReadComparison(label) : null;
    }

    private SelectorNode? ReadParenthesis()
    {
        if (++_depth > MostNesting)
            return Fail($"parentheses nest deeper than {MostNesting}");
        var inner = ReadGroup(isAnd: false);
        _depth--;
        return inner is null ? null : Close(inner);
    }

    private SelectorNode? ReadComparison(string label)
    {
        SkipSpace();
        if (TakeText("=="))
            return ReadText(label, LabelOperator.Equals);
        if (TakeText("!="))
            return ReadText(label, LabelOperator.NotEquals);
        if (TakeWord("contains"))
            return ReadText(label, LabelOperator.Contains);
        if (TakeWords("starts", "with"))
            return ReadText(label, LabelOperator.StartsWith);
        if (TakeWords("ends", "with"))
            return ReadText(label, LabelOperator.EndsWith);
        if (TakeWords("not", "in"))
            return ReadSet(label, LabelOperator.NotIn);
        if (TakeWord("in"))
            return ReadSet(label, LabelOperator.In);
        return Fail($"an operator must follow label '{label}'");
    }

    private LabelNode? ReadText(string label, LabelOperator op)
    {
        SkipSpace();
        return ReadQuoted() is { } value ? new LabelNode(label, op, [value]) : null;
    }

    private SelectorNode? ReadSet(string label, LabelOperator op)
    {
        SkipSpace();
        if (!TakeText("{"))
            return Fail("a set in braces must follow");
        var values = ImmutableArray.CreateBuilder<string>();
        SkipSpace();
        while (!TakeText("}"))
        {
            if (ReadQuoted() is not { } value)
                return null;
            values.Add(value);
            SkipSpace();
            if (!TakeText(",") && !(_at < text.Length && text[_at] == '}'))
                return Fail("',' or '}' must follow");
            SkipSpace();
        }

        return new LabelNode(label, op, values.DrainToImmutable());
    }

    private string? ReadQuoted()
    {
        if (_at == text.Length || text[_at] is not ('"' or '\''))
        {
            Fail("a string in quotes must follow");
            return null;
        }

        var end = text.IndexOf(text[_at], _at + 1);
        if (end < 0)
        {
            Fail("the string has no end");
            return null;
        }

        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private string? ReadLabel()
    {
        var start = _at;
        while (_at < text.Length && IsLabelCharacter(text[_at]))
            _at++;
        if (_at - start is > 0 and <= LongestLabel)
            return text[start.._at];
        var length = _at - start;
        _at = start;
        Fail(length == 0 ? "a label or operation must follow" : $"the label is longer than {LongestLabel}");
        return null;
    }

    private SelectorNode? Close(SelectorNode node)
    {
        SkipSpace();
        return TakeText(")") ? node : Fail("')' must follow");
    }

    private bool TakeWords(string first, string second)
    {
        var start = _at;
        if (TakeText(first))
        {
            SkipSpace();
            if (TakeWord(second))
                return true;
        }

        _at = start;
        return false;
    }

    private bool TakeWord(string word)
    {
        var end = _at + word.Length;
        return (end >= text.Length || !IsLabelCharacter(text[end])) && TakeText(word);
    }

    private bool TakeText(string token)
    {
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0)
            return false;
        _at += token.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
            _at++;
    }

    private SelectorNode? Fail(string reason)
    {
        _error ??= new SelectorException(text, _at, reason);
        return null;
    }

    private static bool IsLabelCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-';
}
