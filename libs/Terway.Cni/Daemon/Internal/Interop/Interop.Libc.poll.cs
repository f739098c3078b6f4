using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

internal static partial class Interop
{
    internal const short POLLIN = 0x01;
    internal const short POLLOUT = 0x04;

    /// <summary><c>struct pollfd</c> (poll.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [LibraryImport(Libc, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);
}
