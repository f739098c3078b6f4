namespace Terway.Netlink;

/// <summary>An answer of the kernel to one request: success, or the errno with what the extended acknowledgement says.</summary>
internal readonly record struct NetlinkFailure(Errno Errno, string? KernelMessage = null, int? Offset = null)
{
    internal static NetlinkFailure None => default;

    internal bool IsFailure => Errno != Errno.None;

    internal bool IsNotFound => MeansNotFound(Errno);

    internal static bool MeansNotFound(Errno errno) =>
        errno is Errno.NoEntry or Errno.NoSuchProcess or Errno.NoDevice or Errno.NoDeviceOrAddress or Errno.AddressNotAvailable;

    internal NetlinkException ToException(string operation, object? subject) =>
        new(operation, subject?.ToString(), Errno, KernelMessage, Offset);
}
