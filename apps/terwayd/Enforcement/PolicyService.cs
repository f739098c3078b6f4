using Microsoft.Extensions.Hosting;
using Terway.Ipam;

namespace Terwayd.Enforcement;

/// <summary>Runs the engine. It has started when the policies of all pods that are there stand in the kernel, which is before any request is served.</summary>
internal sealed class PolicyService(PolicyEngine engine, EniPool pool, TimeProvider time) : BackgroundService
{
    /// <summary>A node that cannot enforce its policies should say so soon; its supervisor tries again.</summary>
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            await engine.Started.WaitAsync(StartBound, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TerwaydException(
                DaemonErrors.PolicyNotInForce,
                $"putting network policy into the kernel at the start: {engine.Describe().Reason ?? $"it was not done within {StartBound.TotalSeconds:0} s"}",
                "see the log before this line; a file disable_network_policy beside eni_conf runs the node without policy",
                e);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.RunAsync(pool.Snapshot().Leases, stoppingToken);
}
