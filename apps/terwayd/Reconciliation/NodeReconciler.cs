using Microsoft.Extensions.Logging;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;

namespace Terwayd.Reconciliation;

/// <summary>
/// Keeps store, kernel and spool one picture: the spool is settled before the first request is served and in every round, the pods'
/// host sides and the rules are compared at a slower pace. One caller at a time.
/// </summary>
internal sealed class NodeReconciler(SpoolSettler spool, RuleSweep sweep, PodRepair repair, ILogger<NodeReconciler> logger)
{
    /// <summary>Between two rounds.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>As upstream: five minutes between two comparisons.</summary>
    internal const int RoundsBetweenRepairs = 30;

    private int _round;

    internal void BeforeServing()
    {
        spool.Settle();
        sweep.BeforeServing();
    }

    internal void RunRound(CancellationToken cancellationToken)
    {
        try
        {
            spool.Settle();
            if (++_round % RoundsBetweenRepairs == 0)
            {
                sweep.WhileServing();
                repair.Run(cancellationToken);
            }
        }
        catch (Exception e) when (e is IpamException or DatapathException or NetlinkException or IOException)
        {
            logger.ReconciliationFailed(e);
        }
    }
}
