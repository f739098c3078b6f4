namespace Terway.Policy;

/// <summary>A text that is not a selector: where reading it stopped, and why.</summary>
/// <param name="text">The text.</param>
/// <param name="offset">The position in the text, from 0.</param>
/// <param name="reason">What is wrong there.</param>
public sealed class SelectorException(string text, int offset, string reason)
    : FormatException($"selector '{text}', at {offset}: {reason}")
{
    /// <summary>The text that was read.</summary>
    public string Text { get; } = text;

    /// <summary>The position in the text where reading stopped, from 0.</summary>
    public int Offset { get; } = offset;

    /// <summary>What is wrong there.</summary>
    public string Reason { get; } = reason;
}
