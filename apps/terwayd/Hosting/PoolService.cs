using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terwayd.Node;

namespace Terwayd.Hosting;

/// <summary>Puts store, metadata and kernel together before anything is served, then runs the pool's loop.</summary>
internal sealed class PoolService(EniPool pool, INodeNetwork network, ILogger<PoolService> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var observed = network.Observe();
        logger.EvidenceRead(observed.Count);
        await pool.RecoverAsync(observed, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await pool.DisposeAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>The pool ends its loop itself when it is disposed, with its running calls explained in the store.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => pool.RunAsync(CancellationToken.None);
}
