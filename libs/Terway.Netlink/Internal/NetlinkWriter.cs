using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Writes messages and their attributes; alone with <see cref="NetlinkReader"/> it knows alignment, padding and byte order.</summary>
/// <remarks>An absent value (null) writes nothing, zero is written. Nothing is allocated unless the buffer must grow.</remarks>
internal readonly ref struct NetlinkWriter(NetlinkBuffer buffer)
{
    private readonly NetlinkBuffer _buffer = buffer;

    internal int Length => _buffer.Length;

    /// <summary>Starts a message; the answer to pass to <see cref="EndMessage"/>.</summary>
    internal int BeginMessage(ushort type, ushort flags, uint sequence)
    {
        var start = _buffer.Length;
        WriteStruct(new NetlinkHeader { Type = type, Flags = flags, Sequence = sequence });
        return start;
    }

    internal void EndMessage(int start) =>
        MemoryMarshal.Write(_buffer.At(start, sizeof(uint)), (uint)(_buffer.Length - start));

    internal void WriteStruct<T>(in T value)
        where T : unmanaged => MemoryMarshal.Write(_buffer.Append(Unsafe.SizeOf<T>()), value);

    internal void WriteByte(ushort type, byte? value)
    {
        if (value is { } v)
            Attribute(type, sizeof(byte))[0] = v;
    }

    internal void WriteUInt16(ushort type, ushort? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, sizeof(ushort)), v);
    }

    internal void WriteUInt16BigEndian(ushort type, ushort? value)
    {
        if (value is { } v)
            BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, sizeof(ushort)), v);
    }

    internal void WriteUInt32(ushort type, uint? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, sizeof(uint)), v);
    }

    internal void WriteUInt32BigEndian(ushort type, uint? value)
    {
        if (value is { } v)
            BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, sizeof(uint)), v);
    }

    internal void WriteInt32(ushort type, int? value) => WriteUInt32(type, (uint?)value);

    internal void WriteUInt64(ushort type, ulong? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, sizeof(ulong)), v);
    }

    internal void WriteUInt64BigEndian(ushort type, ulong? value)
    {
        if (value is { } v)
            BinaryPrimitives.WriteUInt64BigEndian(Attribute(type, sizeof(ulong)), v);
    }

    internal void WriteIndex(ushort type, IfIndex? value) => WriteInt32(type, value?.Value);

    /// <summary>A string with the terminator that the kernel's <c>NLA_NUL_STRING</c> wants.</summary>
    internal void WriteString(ushort type, string? value)
    {
        if (value is not null)
            Encoding.UTF8.GetBytes(value, Attribute(type, Encoding.UTF8.GetByteCount(value) + 1));
    }

    internal void WriteBytes(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    internal void WriteAttributeStruct<T>(ushort type, in T value)
        where T : unmanaged => MemoryMarshal.Write(Attribute(type, Unsafe.SizeOf<T>()), value);

    internal void WriteAddress(ushort type, IPAddress? value)
    {
        if (value is not null)
            value.TryWriteBytes(Attribute(type, IpFamilies.Of(value) == IpFamily.IPv6 ? 16 : 4), out _);
    }

    /// <summary>The address of a prefix; a prefix of length 0 has none.</summary>
    internal void WritePrefix(ushort type, IPNetwork? value)
    {
        if (value is { PrefixLength: > 0 } prefix)
            WriteAddress(type, prefix.BaseAddress);
    }

    internal void WriteMac(ushort type, MacAddress? value)
    {
        if (value is { } v)
            v.CopyTo(Attribute(type, MacAddress.Length));
    }

    /// <summary>Starts an attribute that holds attributes; the answer to pass to <see cref="EndNested"/>.</summary>
    internal int BeginNested(ushort type)
    {
        var start = _buffer.Length;
        Attribute(type, 0);
        return start;
    }

    internal void EndNested(int start) =>
        MemoryMarshal.Write(_buffer.At(start, sizeof(ushort)), checked((ushort)(_buffer.Length - start)));

    /// <summary>Ends a nested attribute, or takes it back when nothing was written into it.</summary>
    internal void EndNestedUnlessEmpty(int start)
    {
        if (_buffer.Length == start + NLA_HDRLEN)
            _buffer.Truncate(start);
        else
            EndNested(start);
    }

    /// <summary>The attributes that were read and have no name here.</summary>
    internal void WriteRaw(RawAttributes attributes) => attributes.Bytes.Span.CopyTo(_buffer.Append(attributes.Bytes.Length));

    private Span<byte> Attribute(ushort type, int length)
    {
        var header = _buffer.Append(NLA_HDRLEN + length);
        MemoryMarshal.Write(header, checked((ushort)(NLA_HDRLEN + length)));
        MemoryMarshal.Write(header[2..], type);
        return header[NLA_HDRLEN..];
    }
}
