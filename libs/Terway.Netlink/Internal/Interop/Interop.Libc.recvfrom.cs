using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    internal const int MSG_PEEK = 0x02;

    /// <summary>Return the datagram's whole length, also when the buffer is shorter.</summary>
    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;

    [LibraryImport(Libc, EntryPoint = "recvfrom", SetLastError = true)]
    internal static partial nint ReceiveFrom(
        SafeHandle socket, ref byte buffer, nint length, int flags, ref NetlinkSocketAddress address, ref uint addressLength);
}
