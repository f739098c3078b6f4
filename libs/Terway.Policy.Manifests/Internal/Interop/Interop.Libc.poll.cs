using System.Runtime.InteropServices;

namespace Terway.Policy.Manifests.Internal;

internal static partial class Interop
{
    internal const short PollIn = 1;

    [LibraryImport(Libc, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll([In, Out] PollDescriptor[] descriptors, nuint count, int timeoutMilliseconds);

    /// <summary><c>struct pollfd</c> of poll.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int FileDescriptor;
        internal short Events;
        internal short Returned;
    }
}
