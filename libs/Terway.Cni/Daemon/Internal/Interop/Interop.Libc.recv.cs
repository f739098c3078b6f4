using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(DescriptorHandle socket, Span<byte> buffer, nint length, int flags);
}
