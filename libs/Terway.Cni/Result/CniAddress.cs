using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Terway.Cni;

/// <summary>An address with the prefix length of its subnet, <c>10.0.3.5/24</c>.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">The length of the subnet's prefix.</param>
public readonly record struct CniAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads an address and a prefix length with a slash between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out CniAddress address)
    {
        address = default;
        int slash = text.IndexOf('/');
        if (slash < 0
            || !IPAddress.TryParse(text[..slash], out IPAddress? ip)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > (ip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            return false;

        address = new CniAddress(ip, length);
        return true;
    }

    /// <summary>The address as results write it.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
