using Terway.Netlink;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>Which changes, where iptables is the nft variant, touch our chains or lose our hooks.</summary>
internal static class RuleChanges
{
    /// <summary>Others may put rules before ours without a fight; that is looked at from time to time only.</summary>
    internal static bool Matter(NetworkChange change) => change switch
    {
        NetworkChange<NftRule> { Message: var rule } when IsOurs(rule.Chain.Name) => true,
        NetworkChange<NftRule> { Action: NetworkChangeAction.Removed, Message: var rule } => IsIptables(rule.Chain.Table),
        NetworkChange<NftChain> { Action: NetworkChangeAction.Removed, Message: var chain } => IsOurs(chain.Key.Name) || IsIptables(chain.Key.Table),
        NetworkChange<NftTable> { Action: NetworkChangeAction.Removed, Message: var table } => IsIptables(table.Key),
        _ => false,
    };

    private static bool IsOurs(string chain) => chain.StartsWith("cali-", StringComparison.Ordinal);

    private static bool IsIptables(NftTableKey table) =>
        table.Family is NftFamily.IPv4 or NftFamily.IPv6 && IptablesDiff.Tables.Contains(table.Name, StringComparer.Ordinal);
}
