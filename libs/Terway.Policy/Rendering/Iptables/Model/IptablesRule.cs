namespace Terway.Policy.Iptables;

/// <summary>A rule as <c>iptables</c> reads it after the chain.</summary>
/// <param name="Text">Matches and target; empty for one that only carries a comment.</param>
/// <param name="Comment">What people read, in characters that need no quoting; null for none.</param>
public sealed record IptablesRule(string Text, string? Comment = null)
{
    /// <summary>What the rule decides of a packet by a policy's will: Allow or Deny; null where it decides nothing, or nothing of that kind.</summary>
    public RuleAction? Decides { get; init; }

    /// <summary>The comment as a match, and the text.</summary>
    internal string Commented => Comment is null ? Text : $"-m comment --comment \"{Comment}\"{(Text.Length == 0 ? "" : " ")}{Text}";
}
