using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Policy.Dataplane;

namespace Terwayd.Enforcement;

/// <summary>Where policy is off: takes the rules of an earlier daemon out of the kernel at the start, and does nothing after that.</summary>
internal sealed class PolicyOffService(Func<IPolicyBackend> open, string reason, ILogger<PolicyOffService> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var backend = open();
            backend.Remove();
            logger.PolicyOff(reason);
        }
        catch (PolicyDataplaneException e)
        {
            // A kernel without nf_tables has none of our rules either, and nothing is enforced that would have to be.
            logger.PolicyNotRemoved(e.Code, e.Hint, e);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
