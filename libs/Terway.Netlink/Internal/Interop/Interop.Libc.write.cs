using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(FileDescriptorHandle file, in byte buffer, nint length);
}
