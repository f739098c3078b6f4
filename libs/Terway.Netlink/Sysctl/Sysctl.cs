using System.Runtime.InteropServices;
using System.Text;

namespace Terway.Netlink;

/// <summary>Reads and writes kernel settings, as <c>sysctl</c> does.</summary>
/// <remarks>Below <c>net</c> the calling thread's network namespace decides; the overloads with a namespace enter it once for all settings.</remarks>
public static class Sysctl
{
    private const int MaxValue = 4096;

    /// <summary>Reads a setting.</summary>
    /// <param name="key">The setting.</param>
    /// <returns>The value without surrounding white space; null when there is no such setting.</returns>
    /// <exception cref="NetlinkException">It cannot be read.</exception>
    public static string? Read(SysctlKey key)
    {
        using var file = Open(key, Interop.O_RDONLY, "read sysctl", key.ToString());
        if (file is null)
            return null;
        Span<byte> value = stackalloc byte[MaxValue];
        var length = Interop.Read(file, ref MemoryMarshal.GetReference(value), value.Length);
        if (length < 0)
            throw new NetlinkException("read sysctl", key.ToString(), Interop.LastErrno);
        return Encoding.UTF8.GetString(value[..(int)length]).Trim();
    }

    /// <summary>Reads settings of a namespace.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="keys">The settings.</param>
    /// <returns>The values in order, null where there is no such setting.</returns>
    /// <exception cref="NetlinkException">One cannot be read.</exception>
    public static IReadOnlyList<string?> Read(NetworkNamespace target, IReadOnlyList<SysctlKey> keys)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(keys);
        return target.Run(() => keys.Select(Read).ToArray());
    }

    /// <summary>Writes a setting.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NetlinkException">There is no such setting (<see cref="NetlinkException.IsNotFound"/>), or the kernel refused the value.</exception>
    public static void Write(SysctlKey key, string value)
    {
        if (!TryWrite(new(key, value)))
            throw new NetlinkException("write sysctl", new SysctlSetting(key, value).ToString(), Errno.NoEntry);
    }

    /// <summary>Writes a setting unless it has the value already: a write can have effects, such as flushing routes.</summary>
    /// <param name="setting">The setting and its value.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NetlinkException">The kernel refused the value.</exception>
    public static SysctlOutcome Ensure(SysctlSetting setting)
    {
        var present = Read(setting.Key);
        if (present is null)
            return SysctlOutcome.Absent;
        if (present == setting.Value.Trim())
            return SysctlOutcome.Unchanged;
        return TryWrite(setting) ? SysctlOutcome.Changed : SysctlOutcome.Absent;
    }

    /// <summary>Ensures settings of a namespace, in order.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="settings">The settings and their values.</param>
    /// <returns>What was done, in order.</returns>
    /// <exception cref="NetlinkException">The kernel refused a value; those before it are in place.</exception>
    public static IReadOnlyList<SysctlOutcome> Ensure(NetworkNamespace target, IReadOnlyList<SysctlSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(settings);
        return target.Run(() => settings.Select(Ensure).ToArray());
    }

    private static bool TryWrite(SysctlSetting setting)
    {
        using var file = Open(setting.Key, Interop.O_WRONLY, "write sysctl", setting.ToString());
        if (file is null)
            return false;
        var value = Encoding.UTF8.GetBytes(setting.Value);
        if (Interop.Write(file, MemoryMarshal.GetArrayDataReference(value), value.Length) != value.Length)
            throw new NetlinkException("write sysctl", setting.ToString(), Interop.LastErrno);
        return true;
    }

    private static FileDescriptorHandle? Open(SysctlKey key, int flags, string operation, string subject)
    {
        var descriptor = Interop.Open(key.Path, flags | Interop.O_CLOEXEC, 0);
        if (descriptor >= 0)
            return new(descriptor);
        var errno = Interop.LastErrno;
        return errno is Errno.NoEntry or Errno.NotDirectory ? null : throw new NetlinkException(operation, subject, errno);
    }
}
