using System.Runtime.InteropServices;

namespace Terway.Netlink;

internal static partial class Interop
{
    /// <summary><c>linux/nsfs.h</c>: the <c>CLONE_NEW*</c> kind of a namespace descriptor.</summary>
    internal const nuint NS_GET_NSTYPE = 0xb703;

    // ioctl is variadic, but with two fixed arguments and no more the calling convention is the ordinary one.
    [LibraryImport(Libc, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int IoControl(FileDescriptorHandle descriptor, nuint request);
}
