using System.Collections.Immutable;

namespace Terway.Policy.Nftables;

/// <summary>A set with elements.</summary>
/// <param name="Set">The set.</param>
/// <param name="Elements">The elements, in no particular order.</param>
public sealed record RulesetSetContent(RulesetSet Set, ImmutableArray<RulesetElement> Elements);
