using Microsoft.Extensions.Hosting;
using Terwayd.Publication;

namespace Terwayd.Node;

/// <summary>The node-wide switches come before any ENI or pod.</summary>
internal sealed class NodeSetupService(INodeNetwork network, Conflist conflist) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        network.PrepareNode(conflist.PodMtu);
        return Task.CompletedTask;
    }

    /// <summary>The kernel's state is never torn down: pods keep their network while no daemon runs.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
