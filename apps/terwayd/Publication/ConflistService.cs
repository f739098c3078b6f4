using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terwayd.CommandLine;

namespace Terwayd.Publication;

/// <summary>
/// The last step of the start. The file stays when the daemon stops: pods keep their network, and a runtime that finds no
/// configuration would take the whole node for broken.
/// </summary>
internal sealed class ConflistService(DaemonArguments arguments, Conflist conflist, ILogger<ConflistService> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var publisher = new ConflistPublisher(arguments.CniConfDirectory);
        logger.ConflistPublished(publisher.Path, publisher.Publish(conflist.Text));
        // A start reads more than a day of pods does: configuration, manifests, the cloud's lists. What that left behind goes back to the node.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
