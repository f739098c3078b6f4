namespace Terway.Policy.Nftables;

/// <summary>A chain.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Rules">Its rules in order.</param>
/// <param name="Hook">Where packets enter it; null for a chain that others jump to. The end of a base chain accepts.</param>
/// <param name="Owner">What it is rendered from; null for what stands by itself.</param>
public sealed record RulesetChain(string Name, EquatableArray<RulesetRule> Rules, BaseHook? Hook = null, ChainOwner? Owner = null);
