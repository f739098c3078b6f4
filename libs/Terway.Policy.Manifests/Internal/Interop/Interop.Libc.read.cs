using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terway.Policy.Manifests.Internal;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeFileHandle file, Span<byte> buffer, nint length);
}
