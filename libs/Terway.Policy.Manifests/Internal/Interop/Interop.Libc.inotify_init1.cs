using System.Runtime.InteropServices;

namespace Terway.Policy.Manifests.Internal;

internal static partial class Interop
{
    /// <summary><c>IN_NONBLOCK | IN_CLOEXEC</c> of sys/inotify.h.</summary>
    internal const int InNonBlockCloseOnExec = 0x800 | 0x80000;

    [LibraryImport(Libc, EntryPoint = "inotify_init1", SetLastError = true)]
    internal static partial int InotifyInit1(int flags);
}
