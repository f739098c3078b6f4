using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    internal const int CLONE_NEWNET = 0x40000000;

    [LibraryImport(Libc, EntryPoint = "setns", SetLastError = true)]
    internal static partial int SetNamespace(FileDescriptorHandle descriptor, int kind);
}
