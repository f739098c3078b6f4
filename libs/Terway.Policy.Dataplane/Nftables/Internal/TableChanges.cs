using Terway.Netlink;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Which table a change is in.</summary>
internal static class TableChanges
{
    /// <summary>The table; null for a change of something else.</summary>
    internal static NftTableKey? TableOf(NetworkChange change) => change switch
    {
        NetworkChange<NftTable> { Message: var table } => table.Key,
        NetworkChange<NftChain> { Message: var chain } => chain.Key.Table,
        NetworkChange<NftRule> { Message: var rule } => rule.Chain.Table,
        NetworkChange<NftSet> { Message: var set } => set.Key.Table,
        NetworkChange<NftElementList> { Message: var elements } => elements.Set.Table,
        _ => null,
    };
}
