using System.Collections.Immutable;

namespace Terway.Policy.Iptables;

/// <summary>What differs from before, for one version of IP.</summary>
/// <param name="PutSets">Sets that are new, with their members.</param>
/// <param name="ChangedSets">Sets whose members came and went.</param>
/// <param name="PutChains">Chains that are new or read so now.</param>
/// <param name="RemovedChains">Names of chains of the table <c>filter</c> that nothing leads to any more.</param>
/// <param name="RemovedSets">Names of sets that no rule asks any more.</param>
/// <remarks>Sets first, then the chains that are put, then those that are gone, then the sets that are gone: so no rule asks what is not there.</remarks>
public sealed record IptablesChange(
    ImmutableArray<IpsetContent> PutSets,
    ImmutableArray<IpsetChange> ChangedSets,
    ImmutableArray<IptablesChain> PutChains,
    ImmutableArray<string> RemovedChains,
    ImmutableArray<string> RemovedSets)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => PutSets.IsEmpty && ChangedSets.IsEmpty && PutChains.IsEmpty && RemovedChains.IsEmpty && RemovedSets.IsEmpty;
}
