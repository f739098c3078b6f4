using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

/// <summary>The symbols of libc that the client uses. It does without .NET's sockets, whose event loop and thread are started for a single request.</summary>
internal static partial class Interop
{
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;

    private const string Libc = "libc";

    internal static int LastErrno => Marshal.GetLastPInvokeError();
}
