using System.Runtime.InteropServices;

namespace Terway.Sandbox.Machine;

internal static partial class Interop
{
    internal static partial class Libc
    {
        // <linux/fcntl.h>: F_LINUX_SPECIFIC_BASE + 6.
        internal const int F_DUPFD_CLOEXEC = 1030;

        [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        internal static partial int Fcntl(SafeHandle descriptor, int command, int argument);
    }
}
