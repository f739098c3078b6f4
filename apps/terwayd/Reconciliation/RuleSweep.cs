using System.Net;
using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terway.Ipam.States;
using Terwayd.Node;

namespace Terwayd.Reconciliation;

/// <summary>
/// Removes rules of pods that are no more. While requests are served only addresses that rest are swept: nobody can be given one
/// between the look and the removal. Before, every address that nobody holds can be.
/// </summary>
internal sealed class RuleSweep(EniPool pool, INodeNetwork network, TimeProvider time, ILogger<RuleSweep> logger)
{
    /// <summary>An address whose rest is about to end is left alone: its next pod may be quicker than the sweep.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    internal void BeforeServing() => Sweep(a => a.State is AddressState.Idle or AddressState.Resting);

    internal void WhileServing()
    {
        var end = time.GetUtcNow() + Margin;
        Sweep(a => a.State is AddressState.Resting && a.RestsUntil > end);
    }

    private void Sweep(Func<AddressView, bool> isFree)
    {
        var free = pool.Snapshot().Enis.SelectMany(e => e.Addresses).Where(isFree).Select(a => a.Address).ToHashSet();
        if (free.Count == 0)
            return;
        var removed = network.RemoveStaleRules(free.Contains);
        if (removed.Count > 0)
            logger.StaleRulesRemoved(string.Join("; ", removed));
    }
}
