using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    /// <summary>Detach at once; the rest happens when the last user is gone.</summary>
    internal const int MNT_DETACH = 2;

    [LibraryImport(Libc, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);
}
