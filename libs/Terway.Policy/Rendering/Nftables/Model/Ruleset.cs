using System.Collections.Frozen;
using Terway.Policy.Nftables.Internal;

namespace Terway.Policy.Nftables;

/// <summary>A whole table of family <c>inet</c>, as it should stand in the kernel.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Sets">Its sets and maps by name.</param>
/// <param name="Chains">Its chains by name.</param>
public sealed record Ruleset(string Table, FrozenDictionary<string, RulesetSetContent> Sets, FrozenDictionary<string, RulesetChain> Chains)
{
    /// <summary>The table in the language of <c>nft</c>; <c>nft -f</c> puts it in the place of a table of that name in one transaction.</summary>
    public override string ToString() => new RulesetText(this).Write();
}
