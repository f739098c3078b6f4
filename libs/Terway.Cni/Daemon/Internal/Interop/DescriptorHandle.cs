using Microsoft.Win32.SafeHandles;

namespace Terway.Cni.Daemon.Internal;

/// <summary>An open socket.</summary>
internal sealed class DescriptorHandle : SafeHandleMinusOneIsInvalid
{
    // libc answers an int; a marshaller that makes handles would read the register's upper half too.
    internal DescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    internal int Descriptor => (int)handle;

    protected override bool ReleaseHandle() => Interop.Close((int)handle) == 0;
}
