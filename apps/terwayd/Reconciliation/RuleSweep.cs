using System.Net;
using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terway.Ipam.States;
using Terwayd.Node;

namespace Terwayd.Reconciliation;

/// <summary>
/// Removes rules of pods that are no more. While requests are served only addresses that rest are swept: nobody can be given one
/// between the look and the removal. Before, every address that nobody holds can be. A rule of an address that the pool does not have
/// goes when the address is of a subnet of its ENIs and no route leads to a pod; while requests are served, when two looks say so.
/// </summary>
internal sealed class RuleSweep(EniPool pool, INodeNetwork network, TimeProvider time, ILogger<RuleSweep> logger)
{
    /// <summary>An address whose rest is about to end is left alone: its next pod may be quicker than the sweep.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly HashSet<IPNetwork> _subnets = [];
    private HashSet<IPAddress> _orphans = [];

    internal void BeforeServing() => Sweep(a => a.State is AddressState.Idle or AddressState.Resting, _ => true);

    internal void WhileServing()
    {
        var end = time.GetUtcNow() + Margin;
        Sweep(a => a.State is AddressState.Resting && a.RestsUntil > end, _orphans.Contains);
    }

    private void Sweep(Func<AddressView, bool> isFree, Predicate<IPAddress> isOrphan)
    {
        var enis = pool.Snapshot().Enis;
        _subnets.UnionWith(enis.SelectMany(e => new[] { e.Subnet, e.Subnet6 }).OfType<IPNetwork>());
        if (_subnets.Count == 0)
            return;
        var known = enis.SelectMany(e => e.Addresses).ToDictionary(a => a.Address);
        var used = network.Observe().Select(o => o.Address).ToHashSet();
        var orphans = new HashSet<IPAddress>();
        var removed = network.RemoveStaleRules(address =>
        {
            if (known.TryGetValue(address, out var found))
                return isFree(found);
            if (used.Contains(address) || !_subnets.Any(s => s.Contains(address)))
                return false;
            orphans.Add(address);
            return isOrphan(address);
        });
        _orphans = orphans;
        if (removed.Count > 0)
            logger.StaleRulesRemoved(string.Join("; ", removed));
    }
}
