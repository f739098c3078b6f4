using System.Runtime.InteropServices;
using System.Text;

namespace Terway.Cni.Daemon.Internal;

/// <summary>A connection whose every wait ends at the deadline or when cancelled. The socket does not block; poll(2) does the waiting.</summary>
internal sealed class ClientConnection : IDisposable
{
    public const string Hint = "is terwayd running on this node? see its log, and that the socket path in the CNI configuration is the daemon's";

    /// <summary>How often a wait looks at the cancellation token.</summary>
    private const int SliceMilliseconds = 50;

    /// <summary>How long to wait when the daemon's backlog is full, which a unix socket reports and does not let one wait for.</summary>
    private const int BacklogMilliseconds = 5;

    private readonly DescriptorHandle _socket;
    private readonly Deadline _deadline;
    private readonly string _path;

    private ClientConnection(DescriptorHandle socket, Deadline deadline, string path)
    {
        _socket = socket;
        _deadline = deadline;
        _path = path;
    }

    public static ClientConnection Open(DaemonClientOptions options, Deadline deadline, CancellationToken cancellationToken)
    {
        byte[] address = AddressOf(options.SocketPath);
        var socket = new DescriptorHandle(Interop.Socket(Interop.AF_UNIX, Interop.SOCK_STREAM | Interop.SOCK_NONBLOCK | Interop.SOCK_CLOEXEC, 0));
        var connection = new ClientConnection(socket, deadline, options.SocketPath);
        try
        {
            connection.Connect(address, cancellationToken);
            connection.CheckOwner(options);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        while (frame.Length > 0)
        {
            nint sent = Interop.Send(_socket, frame, frame.Length, Interop.MSG_NOSIGNAL);
            if (sent < 0)
                WaitOrThrow(Interop.POLLOUT, cancellationToken);
            else
                frame = frame[(int)sent..];
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

    private static byte[] AddressOf(string path)
    {
        byte[] text = Encoding.UTF8.GetBytes(path);
        if (text.Length >= Interop.MaxSocketPath)
            throw Unavailable(path, $"the path is longer than the {Interop.MaxSocketPath - 1} bytes that a unix socket's may have");
        return [(byte)Interop.AF_UNIX, 0, .. text, 0];
    }

    private void Connect(byte[] address, CancellationToken cancellationToken)
    {
        while (Interop.Connect(_socket, address, (uint)address.Length) != 0)
        {
            if (Interop.LastErrno is not (Interop.EAGAIN or Interop.EINTR) || _deadline.Left == TimeSpan.Zero)
                throw Unavailable(_path, Marshal.GetLastPInvokeErrorMessage());
            cancellationToken.WaitHandle.WaitOne(BacklogMilliseconds);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void CheckOwner(DaemonClientOptions options)
    {
        uint length = (uint)Marshal.SizeOf<PeerCredentials>();
        if (Interop.GetPeerCredentials(_socket, Interop.SOL_SOCKET, Interop.SO_PEERCRED, out PeerCredentials peer, ref length) != 0)
            throw Unavailable(_path, Marshal.GetLastPInvokeErrorMessage());
        if (peer.Uid != options.DaemonUid && peer.Uid != 0)
            throw new DaemonException(
                ErrorCode.DaemonUntrusted,
                $"{_path} is served by user {peer.Uid} (process {peer.Pid}), not by user {options.DaemonUid}",
                hint: "remove the socket and restart terwayd; find out who made it");
    }

    private void Fill(Span<byte> buffer, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            nint received = Interop.Receive(_socket, buffer[filled..], buffer.Length - filled, 0);
            if (received < 0)
                WaitOrThrow(Interop.POLLIN, cancellationToken);
            else if (received == 0)
                throw new DaemonException(
                    ErrorCode.DaemonProtocol, $"{_path} closed the connection {(filled == 0 ? "without an answer" : "in the middle of a frame")}", hint: Hint);
            else
                filled += (int)received;
        }
    }

    /// <summary>After a call that failed: waits until it can be tried again, if that is all that was wrong.</summary>
    private void WaitOrThrow(short events, CancellationToken cancellationToken)
    {
        int errno = Interop.LastErrno;
        if (errno is not (Interop.EAGAIN or Interop.EINTR))
            throw new DaemonException(
                ErrorCode.DaemonProtocol, $"the connection to {_path} broke", Marshal.GetPInvokeErrorMessage(errno), Hint);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan left = _deadline.Left;
            if (left == TimeSpan.Zero)
                throw new DaemonException(
                    ErrorCode.DaemonTimeout, $"{_path} gave no answer within {_deadline.Length.TotalSeconds:0.###} s", hint: Hint);
            var descriptor = new Interop.PollDescriptor { Descriptor = _socket.Descriptor, Events = events };
            if (Interop.Poll(ref descriptor, 1, (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), SliceMilliseconds)) > 0)
                return;
        }
    }

    private static DaemonException Unavailable(string path, string reason) =>
        new(ErrorCode.DaemonUnavailable, $"nobody answers on {path}", reason, Hint);
}
