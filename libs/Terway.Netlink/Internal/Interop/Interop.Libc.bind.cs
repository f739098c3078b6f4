using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    [LibraryImport(Libc, EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(FileDescriptorHandle socket, in NetlinkSocketAddress address, uint addressLength);
}
