using System.Net.Sockets;
using Terway.Cni.Daemon.Internal;

namespace Terway.Cni.Daemon;

/// <summary>Serves the contract on a listening socket: accepts, checks who connects, bounds everything, and hands requests to the service.</summary>
public sealed class DaemonServer
{
    private readonly Socket _listener;
    private readonly IDaemonService _service;
    private readonly DaemonServerOptions _options;

    /// <summary>Prepares a server.</summary>
    /// <param name="listener">A listening unix socket; see <see cref="DaemonListener.Bind"/>. The caller keeps it and closes it.</param>
    /// <param name="service">Does the work.</param>
    /// <param name="options">The bounds.</param>
    public DaemonServer(Socket listener, IDaemonService service, DaemonServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(service);
        _listener = listener;
        _service = service;
        _options = options ?? new DaemonServerOptions();
    }

    /// <summary>Serves until cancelled; then stops accepting, lets requests in flight finish for at most <see cref="DaemonServerOptions.StopDeadline"/>, and returns.</summary>
    /// <param name="cancellationToken">Stops the server.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var abort = new CancellationTokenSource();
        var connections = new ConnectionSet();
        while (await AcceptAsync(cancellationToken).ConfigureAwait(false) is { } socket)
        {
            var connection = new ServerConnection(socket, _service, _options);
            if (connections.Count >= _options.MaxConnections)
                connections.Add(connection.RefuseAsync(abort.Token));
            else
                connections.Add(connection.RunAsync(cancellationToken, abort.Token));
        }

        Task all = connections.WhenAllAsync();
        if (await Task.WhenAny(all, Task.Delay(_options.StopDeadline, _options.TimeProvider, CancellationToken.None)).ConfigureAwait(false) != all)
            await abort.CancelAsync().ConfigureAwait(false);
        await all.ConfigureAwait(false);
    }

    private async Task<Socket?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.TooManyOpenSockets)
            {
                _options.OnIncident?.Invoke(new(null, null, new DaemonError(ErrorCode.Overloaded, "a connection could not be accepted", e.Message), e));
                await Task.Delay(TimeSpan.FromMilliseconds(20), _options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
