using Microsoft.Extensions.Hosting;

namespace Terwayd.Reconciliation;

/// <summary>Runs the reconciler: before the first request is served, and every few seconds from then on.</summary>
internal sealed class ReconciliationService(NodeReconciler reconciler, TimeProvider time) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        reconciler.BeforeServing();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(NodeReconciler.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            reconciler.RunRound(stoppingToken);
    }
}
