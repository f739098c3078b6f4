using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary>Four bytes of a packet that a <see cref="U32Filter"/> compares (<c>match u32 VALUE MASK at OFFSET</c>).</summary>
/// <param name="Mask">The bits that count, as a number.</param>
/// <param name="Value">What they must be, as a number.</param>
/// <param name="Offset">Where they stand, counted from the network header.</param>
/// <param name="OffsetMask">Takes part of the offset from the packet; 0 usually.</param>
public readonly record struct U32Key(uint Mask, uint Value, int Offset, int OffsetMask = 0)
{
    private const int IPv4Source = 12;
    private const int IPv4Destination = 16;
    private const int IPv6Source = 8;
    private const int IPv6Destination = 24;

    /// <summary>The keys that match packets from a prefix: one for IPv4, up to four for IPv6.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>The keys; words that the prefix leaves open have none.</returns>
    public static EquatableArray<U32Key> FromSource(IPNetwork prefix) =>
        Of(prefix, IpFamilies.Of(prefix.BaseAddress) == IpFamily.IPv6 ? IPv6Source : IPv4Source);

    /// <summary>The keys that match packets to a prefix: one for IPv4, up to four for IPv6.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>The keys; words that the prefix leaves open have none.</returns>
    public static EquatableArray<U32Key> FromDestination(IPNetwork prefix) =>
        Of(prefix, IpFamilies.Of(prefix.BaseAddress) == IpFamily.IPv6 ? IPv6Destination : IPv4Destination);

    private static EquatableArray<U32Key> Of(IPNetwork prefix, int offset)
    {
        const int WordBits = 32;
        var address = prefix.BaseAddress.GetAddressBytes().AsSpan();
        var keys = new List<U32Key>();
        for (var word = 0; word * WordBits < prefix.PrefixLength; word++)
        {
            var bits = Math.Min(prefix.PrefixLength - word * WordBits, WordBits);
            var mask = uint.MaxValue << (WordBits - bits);
            keys.Add(new(mask, BinaryPrimitives.ReadUInt32BigEndian(address[(word * 4)..]) & mask, offset + word * 4));
        }
        return [.. keys];
    }

    /// <summary><c>struct tc_u32_key</c>: mask and value in network order, offsets in the host's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Wire
    {
        internal uint Mask;
        internal uint Value;
        internal int Offset;
        internal int OffsetMask;
    }

    internal Wire ToWire() => new()
    {
        Mask = (uint)IPAddress.HostToNetworkOrder((int)Mask),
        Value = (uint)IPAddress.HostToNetworkOrder((int)Value),
        Offset = Offset,
        OffsetMask = OffsetMask,
    };

    internal static U32Key FromWire(Wire wire) => new(
        (uint)IPAddress.NetworkToHostOrder((int)wire.Mask), (uint)IPAddress.NetworkToHostOrder((int)wire.Value), wire.Offset, wire.OffsetMask);
}
