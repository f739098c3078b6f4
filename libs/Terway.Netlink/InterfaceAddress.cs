using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Terway.Netlink;

/// <summary>An address of a link with the prefix length of its subnet, such as <c>10.0.3.5/24</c>.</summary>
/// <remarks>Unlike <see cref="IPNetwork"/>, the bits after the prefix are the host's own.</remarks>
public readonly record struct InterfaceAddress
{
    /// <summary>Makes an address with its prefix length.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public InterfaceAddress(IPAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, IpFamilies.MaxPrefixLength(IpFamilies.Of(address)));
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    /// <summary>The length of the subnet's prefix in bits.</summary>
    public int PrefixLength { get; }

    /// <summary>The family of the address.</summary>
    public IpFamily Family => IpFamilies.Of(Address);

    /// <summary>The subnet: the address with its host bits cleared.</summary>
    public IPNetwork Network => IpBits.Network(Address, PrefixLength);

    /// <summary>The address as a prefix of its full length (/32 or /128).</summary>
    /// <param name="address">The address.</param>
    /// <returns>The address with the longest prefix of its family.</returns>
    public static InterfaceAddress Host(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(address, IpFamilies.MaxPrefixLength(IpFamilies.Of(address)));
    }

    /// <summary>Reads <c>address/length</c>; without a length the address stands alone (/32 or /128).</summary>
    /// <param name="text">The text, such as <c>10.0.3.5/24</c>.</param>
    /// <returns>The address with its prefix length.</returns>
    /// <exception cref="FormatException">The text is no address with a prefix length.</exception>
    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not an address with a prefix length.");

    /// <summary>Reads <c>address/length</c> if the text is that.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The address with its prefix length.</param>
    /// <returns>Whether the text was understood.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out InterfaceAddress result)
    {
        result = default;
        if (text is null)
            return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text.AsSpan(0, slash);
        if (!IPAddress.TryParse(host, out var address) || !IsPlain(host, address))
            return false;
        var longest = IpFamilies.MaxPrefixLength(IpFamilies.Of(address));
        var length = longest;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > longest))
            return false;
        result = new(address, length);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Address}/{PrefixLength}";

    /// <summary>IPAddress reads "10" as 0.0.0.10 and "010.0.0.5" as 8.0.0.5, where ip reads 10.0.0.0 and people 10.0.0.5: only the plain form is taken.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text, IPAddress address) =>
        IpFamilies.Of(address) == IpFamily.IPv6 || text.SequenceEqual(address.ToString());
}
