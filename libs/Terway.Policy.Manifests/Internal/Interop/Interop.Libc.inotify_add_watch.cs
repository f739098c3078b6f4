using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terway.Policy.Manifests.Internal;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int InotifyAddWatch(SafeFileHandle inotify, string path, InotifyMask mask);
}
