using System.Net.Sockets;
using Terwayd.Process;

namespace Terwayd.Contract;

/// <summary>
/// The listening end of the contract. The socket appears under its name complete and with mode 0600 or not at all: it is bound under
/// a temporary name and renamed, which also replaces what a dead daemon left in one step. A socket that someone listens on is theirs.
/// </summary>
internal static class ContractSocket
{
    /// <summary>More connections than runtimes start plugins at once; the kernel makes further ones wait.</summary>
    internal const int Backlog = 512;

    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static Socket Listen(string path)
    {
        RunDirectory.EnsureFor(path);
        RefuseIfTaken(path);
        var temporary = $"{path}.{Environment.ProcessId}";
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(temporary);
            socket.Bind(new UnixDomainSocketEndPoint(temporary));
            File.SetUnixFileMode(temporary, OwnerReadWrite);
            socket.Listen(Backlog);
            File.Move(temporary, path, overwrite: true);
            return socket;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new TerwaydException(
                DaemonErrors.SocketUnusable,
                $"listening on {path}: {e.Message}",
                "check the folder and the length of the path (107 bytes at most), or name another with --socket",
                e);
        }
    }

    private static void RefuseIfTaken(string path)
    {
        if (!File.Exists(path))
            return;
        if (File.GetAttributes(path).HasFlag(FileAttributes.Directory) || !IsSocket(path))
        {
            throw new TerwaydException(
                DaemonErrors.SocketUnusable,
                $"listening on {path}: a file that is no socket has this name",
                "move it away, or name another path with --socket");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return;
        }

        throw new TerwaydException(
            DaemonErrors.SocketInUse,
            $"listening on {path}: another program listens there",
            "find it with `ss -xlp` and stop it, or name another path with --socket");
    }

    /// <summary>Only a regular file has a length to read; the file type itself is not told by the framework.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // open(2) of a socket fails with ENXIO, whoever asks.
            return true;
        }
    }
}
