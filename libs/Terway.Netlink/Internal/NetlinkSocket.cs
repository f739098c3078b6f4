using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>A netlink socket. It belongs for ever to the network namespace of the thread that opened it.</summary>
internal sealed class NetlinkSocket : INetlinkTransport
{
    // Answers to a request already wait when sendto returns; the limit only turns a lost one into an error instead of a hang.
    private const int AnswerTimeoutSeconds = 10;

    // net.core.wmem_default and rmem_default; and what an acknowledgement with its text and its bookkeeping takes at most.
    private const int DefaultBuffer = 208 * 1024;
    private const int AnswerSize = 2 * 1024;

    private int _sendBuffer = DefaultBuffer;
    private int _receiveBuffer = DefaultBuffer;

    private NetlinkSocket(FileDescriptorHandle handle) => Handle = handle;

    internal FileDescriptorHandle Handle { get; }

    internal static NetlinkSocket Open() => Open(NETLINK_ROUTE);

    internal static NetlinkSocket Open(int protocol)
    {
        var descriptor = Interop.Socket(AF_NETLINK, Interop.SOCK_RAW | Interop.SOCK_CLOEXEC, protocol);
        if (descriptor < 0)
            throw new NetlinkException("open netlink socket", null, Interop.LastErrno);
        var handle = new FileDescriptorHandle(descriptor);
        var socket = new NetlinkSocket(handle);
        // Each of these is an improvement that older kernels lack: error texts (4.12), short acks (4.3), filtered dumps (4.20).
        socket.TrySetOption(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        socket.TrySetOption(SOL_NETLINK, NETLINK_CAP_ACK, 1);
        socket.TrySetOption(SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
        var timeout = new Interop.TimeValue { Seconds = AnswerTimeoutSeconds };
        _ = Interop.SetSocketOption(handle, Interop.SOL_SOCKET, Interop.SO_RCVTIMEO, timeout, (uint)Unsafe.SizeOf<Interop.TimeValue>());
        return socket;
    }

    internal bool TrySetOption(int level, int name, int value) =>
        Interop.SetSocketOption(Handle, level, name, value, sizeof(int)) == 0;

    internal void SetOption(int level, int name, int value, string operation)
    {
        if (!TrySetOption(level, name, value))
            throw new NetlinkException(operation, null, Interop.LastErrno);
    }

    /// <summary>Gives the socket a port. Sending does that too; a socket that only listens would without one be passed over as the kernel's own.</summary>
    internal void Bind()
    {
        var any = new Interop.NetlinkSocketAddress { Family = AF_NETLINK };
        if (Interop.Bind(Handle, any, (uint)Unsafe.SizeOf<Interop.NetlinkSocketAddress>()) != 0)
            throw new NetlinkException("bind netlink socket", null, Interop.LastErrno);
    }

    public void Reserve(int length, int answers)
    {
        if (length > DefaultBuffer / 2)
            Enlarge(Interop.SO_SNDBUFFORCE, length + DefaultBuffer, ref _sendBuffer);
        if (answers > DefaultBuffer / AnswerSize / 2)
            Enlarge(Interop.SO_RCVBUFFORCE, (int)Math.Min((long)answers * AnswerSize, int.MaxValue / 2), ref _receiveBuffer);
    }

    public void Send(ReadOnlySpan<byte> requests)
    {
        var kernel = new Interop.NetlinkSocketAddress { Family = AF_NETLINK };
        while (Interop.SendTo(Handle, MemoryMarshal.GetReference(requests), requests.Length, 0, kernel, (uint)Unsafe.SizeOf<Interop.NetlinkSocketAddress>()) < 0)
        {
            if (Interop.LastErrno is not Errno.Interrupted and var errno)
                throw new NetlinkException("send netlink request", null, errno);
        }
    }

    public int NextLength()
    {
        Span<byte> nothing = stackalloc byte[1];
        return Received(Receive(Handle, nothing[..0], Interop.MSG_PEEK, out var length), length);
    }

    public int Receive(Span<byte> buffer) => Received(Receive(Handle, buffer, 0, out var length), length);

    /// <summary>Receives a datagram if one waits; <see cref="Errno.TryAgain"/> if none does.</summary>
    internal static Errno TryReceive(SafeHandle socket, Span<byte> buffer, out int length) =>
        Receive(socket, buffer, Interop.MSG_DONTWAIT, out length);

    /// <summary>Gives the descriptor away: it is no longer closed here.</summary>
    internal int Release()
    {
        var descriptor = Handle.Descriptor;
        Handle.SetHandleAsInvalid();
        return descriptor;
    }

    public void Dispose() => Handle.Dispose();

    /// <summary>Without CAP_NET_ADMIN the buffer stays; then what does not fit is refused by name.</summary>
    private void Enlarge(int option, int size, ref int present)
    {
        if (size > present && TrySetOption(Interop.SOL_SOCKET, option, size))
            present = size;
    }

    private static int Received(Errno errno, int length) =>
        errno == Errno.None ? length : throw new NetlinkException("receive netlink answer", null, errno);

    private static Errno Receive(SafeHandle socket, Span<byte> buffer, int flags, out int length)
    {
        while (true)
        {
            var errno = ReceiveOnce(socket, buffer, flags, out length, out var port);
            if (errno == Errno.Interrupted)
                continue;
            // Any other port is a process, not the kernel; what it says is not an answer.
            if (errno != Errno.None || port == 0)
                return errno;
            // A peeked one is still there, and would be peeked at for ever.
            if ((flags & Interop.MSG_PEEK) != 0)
                _ = ReceiveOnce(socket, buffer, Interop.MSG_DONTWAIT, out _, out _);
        }
    }

    private static Errno ReceiveOnce(SafeHandle socket, Span<byte> buffer, int flags, out int length, out uint port)
    {
        var sender = default(Interop.NetlinkSocketAddress);
        var senderLength = (uint)Unsafe.SizeOf<Interop.NetlinkSocketAddress>();
        length = (int)Interop.ReceiveFrom(
            socket, ref MemoryMarshal.GetReference(buffer), buffer.Length, Interop.MSG_TRUNC | flags, ref sender, ref senderLength);
        port = sender.PortId;
        return length < 0 ? Interop.LastErrno : Errno.None;
    }
}
