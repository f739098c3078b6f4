using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>Listens on one port, TCP and UDP, and sends back what it gets, as a container behind a container port would answer.</summary>
internal sealed class EchoListener : IAsyncDisposable
{
    private const int Backlog = 128;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _tcp;
    private readonly Socket _udp;
    private readonly Task _serving;

    public EchoListener(IProbeEndpoint at, int port)
    {
        _tcp = at.Open(() => Bound(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), at, port));
        try
        {
            _udp = at.Open(() => Bound(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), at, port));
        }
        catch
        {
            _tcp.Dispose();
            throw;
        }

        _tcp.Listen(Backlog);
        _serving = Task.WhenAll(AcceptAsync(_stop.Token), EchoDatagramsAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _tcp.Dispose();
        _udp.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private static Socket Bound(Socket socket, IProbeEndpoint at, int port)
    {
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SandboxException($"{at.Name} cannot listen on {socket.ProtocolType} port {port}: {e.SocketErrorCode}.", e);
        }
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var open = new List<Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                open.Add(EchoStreamAsync(await _tcp.AcceptAsync(cancellationToken), cancellationToken));
                open.RemoveAll(t => t.IsCompleted);
            }
            catch (Exception e) when (IsEnd(e, cancellationToken))
            {
                // Disposed, or this one connection failed before it was accepted.
            }
        }

        await Task.WhenAll(open);
    }

    private static async Task EchoStreamAsync(Socket connection, CancellationToken cancellationToken)
    {
        using var _ = connection;
        var buffer = new byte[4096];
        try
        {
            while (await connection.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
                await connection.SendAsync(buffer.AsMemory(0, count), cancellationToken);
        }
        catch (Exception e) when (IsEnd(e, cancellationToken))
        {
            // The other side went away.
        }
    }

    private async Task EchoDatagramsAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var got = await _udp.ReceiveFromAsync(buffer, anyone, cancellationToken);
                await _udp.SendToAsync(buffer.AsMemory(0, got.ReceivedBytes), got.RemoteEndPoint, cancellationToken);
            }
            catch (Exception e) when (IsEnd(e, cancellationToken))
            {
                // Disposed, or an ICMP error for an earlier answer; the next datagram is served all the same.
            }
        }
    }

    private static bool IsEnd(Exception e, CancellationToken cancellationToken) =>
        e is SocketException || (cancellationToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException);
}
