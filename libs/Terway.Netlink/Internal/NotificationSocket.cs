using System.Net.Sockets;
using System.Runtime.CompilerServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Turns a datagram of notifications into changes, which it appends.</summary>
internal delegate void NotificationReader(ReadOnlySpan<byte> datagram, List<NetworkChange> changes);

/// <summary>A socket that the kernel tells of changes. For one reader at a time.</summary>
internal sealed class NotificationSocket : IDisposable
{
    // Longer than any notification: each tells of one object.
    private const int MaxDatagram = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _peeked = new byte[1];

    private NotificationSocket(Socket socket) => _socket = socket;

    /// <summary>Starts listening in the namespace of the calling thread.</summary>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="groups">Its multicast groups.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes; null keeps the system's default.</param>
    internal static NotificationSocket Open(int protocol, IEnumerable<uint> groups, int? bufferSize)
    {
        using var socket = NetlinkSocket.Open(protocol);
        socket.Bind();
        foreach (var group in groups)
            socket.SetOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, (int)group, "listen to network changes");
        if (bufferSize is { } size && !socket.TrySetOption(Interop.SOL_SOCKET, Interop.SO_RCVBUFFORCE, size))
            socket.SetOption(Interop.SOL_SOCKET, Interop.SO_RCVBUF, size, "size the buffer for network changes");
        return new(new Socket(new SafeSocketHandle(socket.Release(), ownsHandle: true)));
    }

    /// <summary>The changes as they happen, without end; a <see cref="NetworkResync"/> first and after each loss.</summary>
    internal async IAsyncEnumerable<NetworkChange> ReadAllAsync(
        NotificationReader read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new NetworkResync();
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagram);
        var changes = new List<NetworkChange>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changes.Clear();
            if (!TryRead(buffer, read, changes) && !await IsReadableAsync(cancellationToken).ConfigureAwait(false))
                changes.Add(Resync(buffer));
            foreach (var change in changes)
                yield return change;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Reads the next datagram of the kernel if one waits, or finds that some were dropped.</summary>
    private bool TryRead(byte[] buffer, NotificationReader read, List<NetworkChange> changes)
    {
        switch (NetlinkSocket.TryReceive(_socket.SafeHandle, buffer, out var length))
        {
            case Errno.None:
                read(buffer.AsSpan(0, Math.Min(length, buffer.Length)), changes);
                return true;
            case Errno.NoBufferSpace:
                changes.Add(Resync(buffer));
                return true;
            case Errno.TryAgain:
                return false;
            case var errno:
                throw new NetlinkException("receive network changes", null, errno);
        }
    }

    /// <summary>Waits for a datagram, of whomever, and leaves it where it is; false when the kernel has dropped some.</summary>
    private async ValueTask<bool> IsReadableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _socket.ReceiveAsync(_peeked, SocketFlags.Peek, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable)
        {
            return false;
        }
    }

    /// <summary>Throws away what waits: it is older than what was lost.</summary>
    private NetworkResync Resync(byte[] buffer)
    {
        while (NetlinkSocket.TryReceive(_socket.SafeHandle, buffer, out _) is Errno.None or Errno.NoBufferSpace)
        {
            // The datagram is of no use.
        }
        return new();
    }
}
