using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

internal static partial class Interop
{
    /// <summary>A peer that hung up is an error, not a signal.</summary>
    internal const int MSG_NOSIGNAL = 0x4000;

    [LibraryImport(Libc, EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(DescriptorHandle socket, ReadOnlySpan<byte> buffer, nint length, int flags);
}
