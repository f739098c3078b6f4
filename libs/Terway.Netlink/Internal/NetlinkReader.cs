using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Reads the body of a message. It trusts no length: what does not fit ends in a <see cref="NetlinkException"/>.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads a fixed header.</summary>
    internal T ReadStruct<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (_rest.Length < size)
            throw Malformed($"a header of {size} bytes in {_rest.Length}");
        var value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[Math.Min(Align(size), _rest.Length)..];
        return value;
    }

    /// <summary>Reads a fixed header and stays before it.</summary>
    internal readonly T Peek<T>()
        where T : unmanaged
    {
        var reader = this;
        return reader.ReadStruct<T>();
    }

    internal void Skip(int length)
    {
        if (length < 0 || Align(length) > _rest.Length)
            throw Malformed($"a body of {length} bytes in {_rest.Length}");
        _rest = _rest[Align(length)..];
    }

    /// <summary>Reads the next attribute; false at the end.</summary>
    internal bool TryReadAttribute(out NetlinkAttribute attribute)
    {
        if (_rest.Length < NLA_HDRLEN)
        {
            attribute = default;
            return false;
        }
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < NLA_HDRLEN || length > _rest.Length)
            throw Malformed($"an attribute of {length} bytes in {_rest.Length}");
        attribute = new(MemoryMarshal.Read<ushort>(_rest[2..]), _rest[..length]);
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>Looks for an attribute from here on.</summary>
    internal readonly bool Find(ushort type, out NetlinkAttribute attribute)
    {
        var reader = this;
        while (reader.TryReadAttribute(out attribute))
        {
            if (attribute.Type == type)
                return true;
        }
        return false;
    }

    /// <summary>Reads the next message of a datagram; false at the end.</summary>
    internal bool TryReadMessage(out NetlinkHeader header, out NetlinkReader body)
    {
        body = default;
        if (_rest.Length < NLMSG_HDRLEN)
        {
            header = default;
            return false;
        }
        header = MemoryMarshal.Read<NetlinkHeader>(_rest);
        if (header.Length < NLMSG_HDRLEN || header.Length > _rest.Length)
            throw Malformed($"a message of {header.Length} bytes in {_rest.Length}");
        var length = (int)header.Length;
        body = new(_rest[NLMSG_HDRLEN..length]);
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }

    internal static NetlinkException Malformed(string what) => new("read netlink message", what, Errno.BadMessage);
}
