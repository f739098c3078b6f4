namespace Terway.Netlink;

/// <summary>The identity of a network namespace: the inode in <c>net:[4026531840]</c> and its device.</summary>
/// <param name="Device">The device of the namespace file system.</param>
/// <param name="Inode">The inode.</param>
public readonly record struct NetworkNamespaceId(ulong Device, ulong Inode)
{
    /// <inheritdoc/>
    public override string ToString() => $"net:[{Inode}]";

    internal static NetworkNamespaceId Of(FileDescriptorHandle handle)
    {
        if (Interop.StatX(handle, string.Empty, Interop.AT_EMPTY_PATH, Interop.STATX_INO, out var status) != 0)
            throw new NetlinkException("identify network namespace", null, Interop.LastErrno);
        return new((ulong)status.DeviceMajor << 32 | status.DeviceMinor, status.Inode);
    }
}
