using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Finds and removes rules of pods that are no more: what a node keeps when a pod's end was never seen.</summary>
/// <remarks>
/// A rule is taken for ours only if all of it says so: priority 512 or 2048, one full-length address and nothing else as selector,
/// the table that such a rule of ours has, and an address that the caller owns. Everything else on the node stays.
/// </remarks>
public static class StaleRuleSweep
{
    /// <summary>The rules that no living pod accounts for.</summary>
    /// <param name="rules">The node's rules.</param>
    /// <param name="isOwned">Whether an address is, or was, one of this node's pool.</param>
    /// <param name="isLive">Whether a pod holds the address now.</param>
    public static ImmutableArray<RuleMessage> Find(IEnumerable<RuleMessage> rules, Func<IPAddress, bool> isOwned, Func<IPAddress, bool> isLive)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(isOwned);
        ArgumentNullException.ThrowIfNull(isLive);
        return [.. rules.Where(rule => AddressOf(rule) is { } address && isOwned(address) && !isLive(address))];
    }

    /// <summary>Removes the rules that no living pod accounts for.</summary>
    /// <param name="node">The node's namespace.</param>
    /// <param name="isOwned">Whether an address is, or was, one of this node's pool.</param>
    /// <param name="isLive">Whether a pod holds the address now, or is about to: an allocation counts from its commit.</param>
    /// <returns>The removed rules, in the words of <c>ip rule</c>.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static ImmutableArray<string> Remove(RtNetlink node, Func<IPAddress, bool> isOwned, Func<IPAddress, bool> isLive)
    {
        ArgumentNullException.ThrowIfNull(node);
        var stale = Find(node.Rules.List(), isOwned, isLive);
        var batch = node.CreateBatch();
        foreach (var rule in stale)
            batch.Rules.Delete(rule);
        batch.Execute().ThrowIfFailed(static refusal => refusal.IsNotFound);
        return [.. stale.Select(PlannedRules.TextOf)];
    }

    /// <summary>The pod's address of a rule that has the form of ours.</summary>
    private static IPAddress? AddressOf(RuleMessage rule)
    {
        if (!rule.HasNoOtherSelector())
            return null;
        var selector = (rule.Priority, rule.Source, rule.Destination, rule.Table) switch
        {
            (OwnedObjects.ToPodPriority, null, { } destination, { } table) when table == RouteTable.Main => destination,
            (OwnedObjects.FromPodPriority, { } source, null, { } table) when table.Id > OwnedObjects.FirstEniTable => source,
            _ => default(IPNetwork?),
        };
        return selector is { } prefix && InterfaceAddress.Host(prefix.BaseAddress).PrefixLength == prefix.PrefixLength ? prefix.BaseAddress : null;
    }
}
