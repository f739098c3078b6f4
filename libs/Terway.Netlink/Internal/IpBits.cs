using System.Net;

namespace Terway.Netlink;

/// <summary>Prefix arithmetic that <see cref="IPNetwork"/> leaves to its callers.</summary>
internal static class IpBits
{
    /// <summary>The network that an address lies in; host bits are cleared, where IPNetwork's constructor would refuse.</summary>
    internal static IPNetwork Network(IPAddress address, int prefixLength)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return Network(bytes[..length], prefixLength);
    }

    internal static IPNetwork Network(ReadOnlySpan<byte> address, int prefixLength)
    {
        Span<byte> masked = stackalloc byte[16];
        masked = masked[..address.Length];
        address.CopyTo(masked);
        Mask(masked, prefixLength);
        return new(new IPAddress(masked), prefixLength);
    }

    private static void Mask(Span<byte> address, int prefixLength)
    {
        var whole = prefixLength / 8;
        if (whole >= address.Length)
            return;
        address[whole] &= (byte)(0xFF00 >> (prefixLength % 8));
        address[(whole + 1)..].Clear();
    }
}
