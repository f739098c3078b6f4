using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Terway.Netlink;

/// <summary>What the kernel accepts as the name of a link (<c>dev_valid_name</c>).</summary>
public static class InterfaceName
{
    /// <summary>The longest name in bytes (<c>IFNAMSIZ</c> less the terminator).</summary>
    public const int MaxLength = 15;

    /// <summary>Whether the kernel would accept the name: 1 to 15 bytes, not <c>.</c> or <c>..</c>, no slash, colon, percent sign or white space.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is valid.</returns>
    /// <remarks>The kernel takes a name with <c>%d</c> for a pattern and numbers it, so no link has such a name. A valid name is one path segment, so it can stand in a path below <c>/proc/sys</c>.</remarks>
    public static bool IsValid([NotNullWhen(true)] string? name)
    {
        if (string.IsNullOrEmpty(name) || name is "." or ".." || Encoding.UTF8.GetByteCount(name) > MaxLength)
            return false;
        foreach (var c in name)
        {
            if (c is '/' or ':' or '%' or '\0' || char.IsWhiteSpace(c))
                return false;
        }
        return true;
    }

    /// <summary>Refuses a name that the kernel would refuse.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The name is invalid.</exception>
    public static void ThrowIfInvalid([NotNull] string? name)
    {
        if (!IsValid(name))
            throw new ArgumentException($"'{name}' is not an interface name: 1 to {MaxLength} bytes without slash, colon, percent sign or white space.", nameof(name));
    }
}
