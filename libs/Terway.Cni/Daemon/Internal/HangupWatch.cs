using System.Net.Sockets;

namespace Terway.Cni.Daemon.Internal;

/// <summary>Cancels a token when the client hangs up while its request is being worked on: a cancelled ADD must not leave a lease behind.</summary>
internal sealed class HangupWatch : IDisposable
{
    private readonly CancellationTokenSource _hungUp = new();
    private readonly CancellationTokenSource _done = new();

    public HangupWatch(Socket socket) => _ = WatchAsync(socket);

    public CancellationToken Token => _hungUp.Token;

    /// <summary>A stream that can be read and has no byte is at its end.</summary>
    public static bool HasHungUp(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    public void Dispose() => _done.Cancel();

    private async Task WatchAsync(Socket socket)
    {
        byte[] next = new byte[1];
        try
        {
            if (await socket.ReceiveAsync(next, SocketFlags.Peek, _done.Token).ConfigureAwait(false) == 0)
                await _hungUp.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // The request was answered.
        }
        catch (SocketException)
        {
            await _hungUp.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The connection is closed, so nobody waits for the token.
        }
    }
}
