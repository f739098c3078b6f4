using Microsoft.Extensions.Hosting;

namespace Terwayd.Hosting;

/// <summary>
/// Leaves signals to Program, which handles them from its first line: the host's own lifetime would only do so once the host runs,
/// after lock, configuration and metadata.
/// </summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
