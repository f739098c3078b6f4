using System.Collections.Immutable;

namespace Terway.Policy.Nftables;

/// <summary>Elements of a set that stays came and went. What goes is to be taken away before what comes is added: blocks may overlap.</summary>
/// <param name="Set">The set.</param>
/// <param name="Added">Elements that it did not have.</param>
/// <param name="Removed">Elements that it had.</param>
public sealed record ElementChange(RulesetSet Set, ImmutableArray<RulesetElement> Added, ImmutableArray<RulesetElement> Removed);
