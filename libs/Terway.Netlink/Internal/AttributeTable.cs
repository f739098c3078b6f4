using System.Net;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Where one attribute lies in the body: zero length when it is absent.</summary>
internal readonly record struct AttributeSlot(int Offset, int Length);

/// <summary>
/// The attributes of a message by number, like the kernel's <c>tb[]</c>. Each read marks its attribute as known;
/// <see cref="TakeRest"/> then gives what nobody asked for.
/// </summary>
internal ref struct AttributeTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Span<AttributeSlot> _slots;

    // A bit per number that is present and not taken yet. No family that is read here has 64 numbers below its highest known one.
    private ulong _pending;
    private bool _hasHigher;

    /// <summary>Indexes the attributes in a body.</summary>
    /// <param name="reader">The body after its header.</param>
    /// <param name="slots">Room for the highest known number plus one, cleared.</param>
    internal AttributeTable(NetlinkReader reader, Span<AttributeSlot> slots)
    {
        _bytes = reader.Rest;
        _slots = slots;
        var offset = 0;
        while (reader.TryReadAttribute(out var attribute))
        {
            if (attribute.Type < slots.Length)
            {
                slots[attribute.Type] = new(offset, attribute.Whole.Length);
                _pending |= 1UL << attribute.Type;
            }
            else
            {
                _hasHigher = true;
            }
            offset = _bytes.Length - reader.Rest.Length;
        }
    }

    internal bool TryTake(ushort type, out NetlinkAttribute attribute)
    {
        _pending &= ~(1UL << type);
        var slot = _slots[type];
        attribute = slot.Length == 0 ? default : new(type, _bytes.Slice(slot.Offset, slot.Length));
        return slot.Length != 0;
    }

    internal bool Has(ushort type) => TryTake(type, out _);

    internal byte? Byte(ushort type) => TryTake(type, out var a) ? a.ReadByte() : null;

    internal ushort? UInt16(ushort type) => TryTake(type, out var a) ? a.ReadUInt16() : null;

    internal ushort? UInt16BigEndian(ushort type) => TryTake(type, out var a) ? a.ReadUInt16BigEndian() : null;

    internal uint? UInt32(ushort type) => TryTake(type, out var a) ? a.ReadUInt32() : null;

    internal uint? UInt32BigEndian(ushort type) => TryTake(type, out var a) ? a.ReadUInt32BigEndian() : null;

    internal int? Int32(ushort type) => (int?)UInt32(type);

    internal ulong? UInt64(ushort type) => TryTake(type, out var a) ? a.ReadUInt64() : null;

    internal ulong? UInt64BigEndian(ushort type) => TryTake(type, out var a) ? a.ReadUInt64BigEndian() : null;

    internal string? String(ushort type) => TryTake(type, out var a) ? a.ReadString() : null;

    /// <summary>The text without which the message means nothing.</summary>
    internal string RequiredString(ushort type) => String(type) ?? throw NetlinkReader.Malformed($"no attribute {type}");

    internal IfIndex? Index(ushort type) => UInt32(type) is { } value ? new IfIndex((int)value) : null;

    internal IPAddress? Address(ushort type) => TryTake(type, out var a) ? a.ReadAddress() : null;

    /// <summary>The address of a prefix whose length stands in the header; absent with length 0.</summary>
    internal IPNetwork? Prefix(ushort type, byte prefixLength)
    {
        if (!TryTake(type, out var a))
            return null;
        var address = a.Payload;
        if (address.Length is not (4 or 16) || prefixLength > address.Length * 8)
            throw NetlinkReader.Malformed($"attribute {type}: a prefix of {prefixLength} bits in {address.Length} bytes");
        return prefixLength == 0 ? null : IpBits.Network(address, prefixLength);
    }

    /// <summary>An Ethernet address; one of another length (tunnels, InfiniBand) stays among the rest.</summary>
    internal MacAddress? Mac(ushort type)
    {
        if (_slots[type].Length is not (0 or NLA_HDRLEN + MacAddress.Length))
            return null;
        return TryTake(type, out var a) ? a.ReadMac() : null;
    }

    internal T? Struct<T>(ushort type)
        where T : unmanaged => TryTake(type, out var a) ? a.ReadStruct<T>() : null;

    /// <summary>Everything that was not taken, in wire form.</summary>
    internal readonly RawAttributes TakeRest()
    {
        if (_pending == 0 && !_hasHigher)
            return RawAttributes.Empty;

        var length = 0;
        var reader = new NetlinkReader(_bytes);
        while (reader.TryReadAttribute(out var attribute))
            length += IsTaken(attribute.Type) ? 0 : Align(attribute.Whole.Length);

        var rest = new byte[length];
        var end = 0;
        reader = new NetlinkReader(_bytes);
        while (reader.TryReadAttribute(out var attribute))
        {
            if (IsTaken(attribute.Type))
                continue;
            attribute.Whole.CopyTo(rest.AsSpan(end));
            end += Align(attribute.Whole.Length);
        }
        return new(rest);
    }

    private readonly bool IsTaken(ushort type) => type < _slots.Length && (_pending >> type & 1) == 0;
}
