using System.Collections.Immutable;

namespace Terway.Policy.Nftables.Internal;

/// <summary>A policy as chains.</summary>
/// <param name="Chains">Its chains, the sets that they name among <paramref name="Literals"/> or IP sets.</param>
/// <param name="Literals">The sets of constants that they name.</param>
/// <param name="Passes">The directions in which it may pass a packet on to the next tier.</param>
internal sealed record RenderedPolicy(ImmutableArray<RulesetChain> Chains, ImmutableArray<RulesetSetContent> Literals, PolicyDirections Passes);
