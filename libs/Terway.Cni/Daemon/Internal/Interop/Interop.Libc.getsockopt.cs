using System.Runtime.InteropServices;

namespace Terway.Cni.Daemon.Internal;

internal static partial class Interop
{
    internal const int SOL_SOCKET = 1;
    internal const int SO_PEERCRED = 17;

    [LibraryImport(Libc, EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetPeerCredentials(DescriptorHandle socket, int level, int name, out PeerCredentials value, ref uint length);
}
