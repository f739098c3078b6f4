using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const uint STATX_INO = 0x100;

    /// <summary><c>struct statx</c> of <c>linux/stat.h</c>: unlike <c>struct stat</c>, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct FileStatus
    {
        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(136)]
        internal uint DeviceMajor;

        [FieldOffset(140)]
        internal uint DeviceMinor;
    }

    [LibraryImport(Libc, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatX(FileDescriptorHandle directory, string path, int flags, uint mask, out FileStatus status);
}
