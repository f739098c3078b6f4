using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.Process;

namespace Terwayd.Contract;

/// <summary>Serves the contract from the moment it has started until it is stopped; requests in flight may finish, bounded.</summary>
internal sealed class ContractServerService(
    DaemonArguments arguments, IDaemonService service, TimeProvider time, ILogger<ContractServerService> logger) : IHostedService
{
    private readonly CancellationTokenSource _stop = new();
    private System.Net.Sockets.Socket? _listener;
    private Task _serving = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        RunDirectory.EnsureFor(arguments.SocketPath);
        _listener = DaemonListener.Bind(arguments.SocketPath);
        var server = new DaemonServer(_listener, service, new DaemonServerOptions { TimeProvider = time, OnIncident = Tell });
        _serving = server.RunAsync(_stop.Token);
        logger.Serving(arguments.SocketPath);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        logger.Stopping();
        await _stop.CancelAsync();
        await _serving;
        _listener?.Dispose();
    }

    private void Tell(DaemonServerIncident incident)
    {
        if (incident.Error.Code == ErrorCode.Internal && incident.Cause is { } defect)
            logger.Defect(incident.RequestId, defect);
        else
            logger.ConnectionIncident(incident.Peer?.Pid, incident.Peer?.Uid, incident.Error.Code.Value, incident.Error.Message);
    }
}
