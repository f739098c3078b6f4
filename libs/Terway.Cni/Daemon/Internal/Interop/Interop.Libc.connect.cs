using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

internal static partial class Interop
{
    /// <summary><c>sun_path</c> of <c>struct sockaddr_un</c> (linux/un.h), with its closing zero.</summary>
    internal const int MaxSocketPath = 108;

    /// <summary>The address is <c>struct sockaddr_un</c>: the family in two bytes, then the path.</summary>
    [LibraryImport(Libc, EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(DescriptorHandle socket, ReadOnlySpan<byte> address, uint length);
}
