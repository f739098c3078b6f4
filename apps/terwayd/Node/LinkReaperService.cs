using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Datapath;

namespace Terwayd.Node;

/// <summary>Runs the datapath's reaper: links that DELs put aside go soon after, and those of a daemon that died at start.</summary>
internal sealed class LinkReaperService(LinkReaper reaper, ILogger<LinkReaperService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => reaper.RunAsync(logger.LinksNotReaped, stoppingToken);
}
