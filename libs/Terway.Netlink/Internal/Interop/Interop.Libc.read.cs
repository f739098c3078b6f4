using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(FileDescriptorHandle file, ref byte buffer, nint length);
}
