using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Terway.Cni.Internal;

/// <summary>Prefixes as text. Host bits that are set are cleared, as Go's parser does: "10.0.3.5/24" is 10.0.3.0/24.</summary>
internal static class PrefixText
{
    public static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        int slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0
            || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            return false;

        network = new IPNetwork(Mask(address, length), length);
        return true;
    }

    private static IPAddress Mask(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - bits));
        }
        return new IPAddress(bytes);
    }
}
