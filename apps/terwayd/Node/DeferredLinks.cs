using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Netlink;
using Terwayd.Node;

namespace Terwayd.Node;

/// <summary>
/// Deletes the links that DELs put aside: soon after a DEL says so, many at once, and at start for those of a daemon that died.
/// Deleting waits for the kernel's RCU barrier, which one deletion of a whole group pays once.
/// </summary>
internal sealed class DeferredLinks(INodeNetwork network, TimeProvider time, ILogger<DeferredLinks> logger) : BackgroundService
{
    /// <summary>Collects the DELs of a burst into one deletion.</summary>
    internal static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>Links are looked for even without a signal: the plugin may have died between putting aside and telling.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>One pending signal is as good as many, so a full channel drops.</summary>
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    internal void Signal() => _signals.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Gather, time, stoppingToken);
            while (_signals.Reader.TryRead(out _))
            {
            }

            Reap();
            await WaitAsync(stoppingToken);
        }
    }

    private void Reap()
    {
        try
        {
            if (network.ReapLinks() is > 0 and var count)
                logger.LinksReaped(count);
        }
        catch (NetlinkException e)
        {
            logger.LinksNotReaped(e);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _signals.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over.
        }
    }
}
