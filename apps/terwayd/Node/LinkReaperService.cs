using Microsoft.Extensions.Hosting;

namespace Terwayd.Node;

/// <summary>Deletes the links that DELs put aside for as long as the daemon runs.</summary>
internal sealed class LinkReaperService(INodeNetwork network) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => network.ReapLinksAsync(stoppingToken);
}
