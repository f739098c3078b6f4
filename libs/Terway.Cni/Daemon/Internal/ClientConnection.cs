using System.Net.Sockets;

namespace Terway.Cni.Daemon.Internal;

/// <summary>A connection whose every wait ends at the deadline or when cancelled. The socket does not block; poll(2) does the waiting.</summary>
internal sealed class ClientConnection : IDisposable
{
    public const string Hint = "is terwayd running on this node? see its log, and that the socket path in the CNI configuration is the daemon's";

    /// <summary>How often a wait looks at the cancellation token.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Socket _socket;
    private readonly Deadline _deadline;
    private readonly string _path;

    private ClientConnection(Socket socket, Deadline deadline, string path)
    {
        _socket = socket;
        _deadline = deadline;
        _path = path;
    }

    public static ClientConnection Open(DaemonClientOptions options, Deadline deadline, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            Connect(socket, options.SocketPath, deadline, cancellationToken);
            CheckOwner(socket, options);
            return new ClientConnection(socket, deadline, options.SocketPath);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        while (frame.Length > 0)
        {
            int sent = _socket.Send(frame, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                Wait(SelectMode.SelectWrite, cancellationToken);
            else if (error != SocketError.Success)
                throw new SocketException((int)error);
            else
                frame = frame[sent..];
        }
    }

    /// <summary>The JSON text of the next frame.</summary>
    public byte[] Receive(CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[Frame.HeaderLength];
        Fill(header, cancellationToken);
        byte[] json = new byte[Frame.DecodeLength(header)];
        Fill(json, cancellationToken);
        return json;
    }

    public void Dispose() => _socket.Dispose();

    private static void Connect(Socket socket, string path, Deadline deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain && deadline.Left > TimeSpan.Zero)
            {
                // The daemon's backlog is full, which a unix socket reports and does not let one wait for.
                cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5));
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (e is SocketException or ArgumentException)
            {
                throw new DaemonException(ErrorCode.DaemonUnavailable, $"nobody answers on {path}", e.Message, Hint, e);
            }
        }
    }

    private static void CheckOwner(Socket socket, DaemonClientOptions options)
    {
        PeerCredentials peer = PeerCredentials.Of(socket);
        if (peer.Uid != options.DaemonUid && peer.Uid != 0)
            throw new DaemonException(
                ErrorCode.DaemonUntrusted,
                $"{options.SocketPath} is served by user {peer.Uid} (process {peer.Pid}), not by user {options.DaemonUid}",
                hint: "remove the socket and restart terwayd; find out who made it");
    }

    private void Fill(Span<byte> buffer, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int received = _socket.Receive(buffer[filled..], SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                Wait(SelectMode.SelectRead, cancellationToken);
            else if (error != SocketError.Success)
                throw new SocketException((int)error);
            else if (received == 0)
                throw new DaemonException(
                    ErrorCode.DaemonProtocol, $"{_path} closed the connection {(filled == 0 ? "without an answer" : "in the middle of a frame")}", hint: Hint);
            else
                filled += received;
        }
    }

    private void Wait(SelectMode mode, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan left = _deadline.Left;
            if (left == TimeSpan.Zero)
                throw new DaemonException(
                    ErrorCode.DaemonTimeout, $"{_path} gave no answer within {_deadline.Length.TotalSeconds:0.###} s", hint: Hint);
            if (_socket.Poll(left < Slice ? left : Slice, mode))
                return;
        }
    }
}
