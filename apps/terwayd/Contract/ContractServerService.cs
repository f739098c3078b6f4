using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.SingleInstance;

namespace Terwayd.Contract;

/// <summary>Serves the contract from the moment it has started until it is stopped; requests in flight may finish, bounded.</summary>
internal sealed class ContractServerService(
    DaemonArguments arguments, IDaemonService service, TimeProvider time, ILogger<ContractServerService> logger) : BackgroundService
{
    private Socket? _listener;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        RunDirectory.EnsureFor(arguments.SocketPath);
        _listener = Listen(arguments.SocketPath);
        logger.Serving(arguments.SocketPath);
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        logger.Stopping();
        return base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new DaemonServer(_listener!, service, new DaemonServerOptions { TimeProvider = time, OnIncident = Tell }).RunAsync(stoppingToken);

    private static Socket Listen(string path)
    {
        try
        {
            return DaemonListener.Bind(path);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TerwaydException(
                DaemonErrors.SocketUnusable,
                $"listening on {path}: {e.Message}",
                "check the folder, and the length of the path (about 100 bytes at most), or name another with --socket",
                e);
        }
    }

    private void Tell(DaemonServerIncident incident)
    {
        if (incident.Error.Code == ErrorCode.Internal && incident.Cause is { } defect)
            logger.Defect(incident.RequestId, defect.ToString());
        else
            logger.ConnectionIncident(incident.Peer?.Pid, incident.Peer?.Uid, incident.Error.Code.Value, incident.Error.Message);
    }
}
