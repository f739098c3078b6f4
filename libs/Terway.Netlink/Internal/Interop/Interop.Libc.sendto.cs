using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    /// <summary><c>struct sockaddr_nl</c> of <c>linux/netlink.h</c>; the kernel's own address is all zero but for the family.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NetlinkSocketAddress
    {
        internal ushort Family;
        internal ushort Padding;
        internal uint PortId;
        internal uint Groups;
    }

    [LibraryImport(Libc, EntryPoint = "sendto", SetLastError = true)]
    internal static partial nint SendTo(
        FileDescriptorHandle socket, in byte buffer, nint length, int flags, in NetlinkSocketAddress address, uint addressLength);
}
