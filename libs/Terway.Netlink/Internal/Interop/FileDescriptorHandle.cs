using Microsoft.Win32.SafeHandles;

namespace Terway.Netlink;

/// <summary>An open file descriptor: a socket, a namespace, a file below /proc.</summary>
internal sealed class FileDescriptorHandle : SafeHandleMinusOneIsInvalid
{
    // libc answers an int; a marshaller that makes handles would read the register's upper half too.
    internal FileDescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    internal int Descriptor => (int)handle;

    protected override bool ReleaseHandle() => Interop.Close((int)handle) == 0;
}
