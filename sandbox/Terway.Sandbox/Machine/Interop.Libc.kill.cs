using System.Runtime.InteropServices;

namespace Terway.Sandbox.Machine;

internal static partial class Interop
{
    internal static partial class Libc
    {
        // <signal.h>, the numbers of asm-generic/signal.h.
        internal const int SIGKILL = 9;
        internal const int SIGTERM = 15;

        [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        internal static partial int Kill(int pid, int signal);
    }
}
