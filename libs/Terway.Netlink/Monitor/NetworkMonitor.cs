using System.Net.Sockets;
using System.Runtime.CompilerServices;
using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Listens to changes of one network namespace: <c>ip monitor</c>.</summary>
/// <remarks>
/// The kernel keeps changes in a buffer of bounded size and drops what does not fit when the reader is slow. That is not an error
/// here: what is left of the buffer is thrown away, for it is older than what was lost, and a <see cref="NetworkResync"/> is reported.
/// For one reader at a time.
/// </remarks>
public sealed class NetworkMonitor : IDisposable
{
    // Longer than any notification: each tells of one object.
    private const int MaxDatagram = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _peeked = new byte[1];

    private NetworkMonitor(Socket socket) => _socket = socket;

    /// <summary>Starts listening in the namespace of the calling thread.</summary>
    /// <param name="kinds">What to listen to.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes, of which a change takes about 1 KiB; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NetworkMonitor Open(NetworkChangeKinds kinds, int? bufferSize = null)
    {
        using var socket = NetlinkSocket.Open();
        socket.Bind();
        foreach (var group in GroupsOf(kinds))
            socket.SetOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, (int)group, "listen to network changes");
        if (bufferSize is { } size && !socket.TrySetOption(Interop.SOL_SOCKET, Interop.SO_RCVBUFFORCE, size))
            socket.SetOption(Interop.SOL_SOCKET, Interop.SO_RCVBUF, size, "size the buffer for network changes");
        return new(new Socket(new SafeSocketHandle(socket.Release(), ownsHandle: true)));
    }

    /// <summary>Starts listening in a namespace.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="kinds">What to listen to.</param>
    /// <param name="bufferSize">The size of the kernel's buffer in bytes; null keeps the system's default.</param>
    /// <returns>The monitor. What changes from now on is reported.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NetworkMonitor Open(NetworkNamespace target, NetworkChangeKinds kinds, int? bufferSize = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(() => Open(kinds, bufferSize));
    }

    /// <summary>The changes as they happen, without end; a <see cref="NetworkResync"/> first.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<NetworkChange> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new NetworkResync();
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagram);
        var changes = new List<NetworkChange>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changes.Clear();
            if (!TryRead(buffer, changes) && !await IsReadableAsync(cancellationToken).ConfigureAwait(false))
                changes.Add(Resync(buffer));
            foreach (var change in changes)
                yield return change;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Reads the next datagram of the kernel if one waits, or finds that some were dropped.</summary>
    private bool TryRead(byte[] buffer, List<NetworkChange> changes)
    {
        switch (NetlinkSocket.TryReceive(_socket.SafeHandle, buffer, out var length))
        {
            case Errno.None:
                ChangeReader.Read(buffer.AsSpan(0, Math.Min(length, buffer.Length)), changes);
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

    private static IEnumerable<uint> GroupsOf(NetworkChangeKinds kinds)
    {
        (NetworkChangeKinds Kind, uint[] Groups)[] all =
        [
            (NetworkChangeKinds.Links, [RTNLGRP_LINK]),
            (NetworkChangeKinds.Addresses, [RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR]),
            (NetworkChangeKinds.Routes, [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE]),
            (NetworkChangeKinds.Rules, [RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE]),
            (NetworkChangeKinds.Neighbours, [RTNLGRP_NEIGH]),
            (NetworkChangeKinds.TrafficControl, [RTNLGRP_TC]),
        ];
        return all.Where(entry => kinds.HasFlag(entry.Kind)).SelectMany(entry => entry.Groups);
    }
}
