using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Terway.Policy.Internal;

/// <summary>Addresses and blocks as policy compares them: without scope, IPv4 never in its IPv6 form, blocks without host bits.</summary>
internal static class Addresses
{
    /// <summary>Reads an address in its usual form only: the platform also takes 10.1, 0x0a.0.0.1 and 010.0.0.1, which mean other things elsewhere.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (!IPAddress.TryParse(text, out address) || text.AsSpan().IndexOfAny('%', '[') >= 0
            || (!text.Contains(':', StringComparison.Ordinal) && address.ToString() != text))
        {
            address = null;
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return true;
    }

    internal static bool TryParseNetwork(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TryParse(text[..slash], out var address)
            || !byte.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var length)
            || length > Bits(address))
        {
            return false;
        }

        network = Mask(address, length);
        return true;
    }

    internal static int Bits(IPAddress address) => address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;

    internal static IpVersion Version(this IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork ? IpVersion.V4 : IpVersion.V6;

    internal static IpVersion Version(this IPNetwork network) => network.BaseAddress.Version();

    internal static IPNetwork Single(IPAddress address) => new(address, Bits(address));

    internal static bool Contains(this IPNetwork outer, IPNetwork inner) =>
        inner.PrefixLength >= outer.PrefixLength && outer.Contains(inner.BaseAddress);

    /// <summary>The two blocks that a block consists of; null of a single address.</summary>
    internal static (IPNetwork Lower, IPNetwork Upper)? Halves(IPNetwork whole)
    {
        if (whole.PrefixLength == Bits(whole.BaseAddress))
            return null;
        var upper = whole.BaseAddress.GetAddressBytes();
        upper[whole.PrefixLength / 8] |= (byte)(0x80 >> (whole.PrefixLength % 8));
        return (new(whole.BaseAddress, whole.PrefixLength + 1), new(new IPAddress(upper), whole.PrefixLength + 1));
    }

    private static IPNetwork Mask(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var size);
        bytes = bytes[..size];
        for (var bit = length; bit < size * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(new IPAddress(bytes), length);
    }
}
