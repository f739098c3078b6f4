using System.Net.Sockets;

namespace Terway.Cni.Daemon;

/// <summary>Makes the daemon's socket.</summary>
public static class DaemonListener
{
    private const int Backlog = 512;

    /// <summary>
    /// Listens on a path with mode 0600. A socket that a dead daemon left is replaced; one that somebody listens on, or a path that is not a socket, is not touched.
    /// </summary>
    /// <param name="path">Where to listen; its folder must exist.</param>
    /// <exception cref="DaemonException"><see cref="ErrorCode.DaemonUntrusted"/>: the path belongs to somebody else.</exception>
    public static Socket Bind(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RemoveStale(path);

        // The socket gets its final name only when its mode is right and it listens: nobody can connect in between.
        string temporary = $"{path}.{Environment.ProcessId}";
        File.Delete(temporary);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(temporary));
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(Backlog);
            File.Move(temporary, path);
            return socket;
        }
        catch
        {
            socket.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new DaemonException(
                ErrorCode.DaemonUntrusted, $"{path} exists and is not a socket of this daemon", e.Message, "remove it if nothing needs it", e);
        }

        PeerCredentials owner = PeerCredentials.Of(probe);
        throw new DaemonException(
            ErrorCode.DaemonUntrusted, $"process {owner.Pid} (user {owner.Uid}) already listens on {path}", hint: "stop it, or give this daemon another socket");
    }

    // A regular file has data or can be opened; opening a socket fails with ENXIO.
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
