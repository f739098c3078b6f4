using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon;

/// <summary>Who is at the other end of a unix socket (<c>struct ucred</c>, <c>SO_PEERCRED</c> in unix(7)).</summary>
/// <param name="Pid">The process that connected, or that called listen(2).</param>
/// <param name="Uid">Its effective user.</param>
/// <param name="Gid">Its effective group.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PeerCredentials(int Pid, uint Uid, uint Gid)
{
    private const int SOL_SOCKET = 1;
    private const int SO_PEERCRED = 17;

    /// <summary>Asks the kernel who is at the other end of a connected unix socket.</summary>
    /// <param name="socket">The socket.</param>
    public static PeerCredentials Of(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Span<byte> credentials = stackalloc byte[12];
        if (socket.GetRawSocketOption(SOL_SOCKET, SO_PEERCRED, credentials) != credentials.Length)
            throw new DaemonException(ErrorCode.DaemonUntrusted, "the kernel does not say who is at the other end of the socket");
        return MemoryMarshal.Read<PeerCredentials>(credentials);
    }
}
