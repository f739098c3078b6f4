using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;

namespace Terwayd.Reconciliation;

/// <summary>
/// Keeps store, kernel and spool one picture: the spool is settled before the first request is served and every few seconds, the
/// pods' host sides and the rules are compared at a slower pace.
/// </summary>
internal sealed class ReconciliationService(
    SpoolSettler spool, RuleSweep sweep, PodRepair repair, TimeProvider time, ILogger<ReconciliationService> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>As upstream: five minutes between two comparisons.</summary>
    internal const int RoundsBetweenRepairs = 30;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        spool.Settle();
        sweep.BeforeServing();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            RunRound(round, stoppingToken);
    }

    private void RunRound(int round, CancellationToken cancellationToken)
    {
        try
        {
            spool.Settle();
            if (round % RoundsBetweenRepairs == 0)
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
