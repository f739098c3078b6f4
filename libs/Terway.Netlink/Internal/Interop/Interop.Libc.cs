using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary>The symbols of libc that are used, one per file, with the constants of their uapi header.</summary>
internal static partial class Interop
{
    private const string Libc = "libc";

    /// <summary>The error number of the last call on this thread.</summary>
    internal static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();
}
