namespace Terway.Policy.Nftables;

/// <summary>A rule of a chain.</summary>
/// <param name="Statements">Its parts in order.</param>
/// <param name="Comment">What it is there for; at most 127 bytes, empty for none.</param>
public sealed record RulesetRule(EquatableArray<RuleStatement> Statements, string Comment = "");
