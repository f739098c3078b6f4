using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);
}
