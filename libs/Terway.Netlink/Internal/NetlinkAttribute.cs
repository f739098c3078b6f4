using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>One attribute: its number, its payload, and the payload read as what it is said to be.</summary>
internal readonly ref struct NetlinkAttribute
{
    internal NetlinkAttribute(ushort rawType, ReadOnlySpan<byte> whole)
    {
        Type = (ushort)(rawType & NLA_TYPE_MASK);
        Whole = whole;
    }

    /// <summary>The number without the nested and byte-order flags.</summary>
    internal ushort Type { get; }

    /// <summary>Header and payload, without padding.</summary>
    internal ReadOnlySpan<byte> Whole { get; }

    internal ReadOnlySpan<byte> Payload => Whole[NLA_HDRLEN..];

    internal NetlinkReader Nested => new(Payload);

    internal byte ReadByte() => Exactly(sizeof(byte))[0];

    internal ushort ReadUInt16() => MemoryMarshal.Read<ushort>(Exactly(sizeof(ushort)));

    internal ushort ReadUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Exactly(sizeof(ushort)));

    internal uint ReadUInt32() => MemoryMarshal.Read<uint>(Exactly(sizeof(uint)));

    internal uint ReadUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Exactly(sizeof(uint)));

    internal ulong ReadUInt64() => MemoryMarshal.Read<ulong>(Exactly(sizeof(ulong)));

    internal ulong ReadUInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Exactly(sizeof(ulong)));

    internal string ReadString()
    {
        var text = Payload;
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    internal IPAddress ReadAddress() => Payload.Length is 4 or 16
        ? new(Payload)
        : throw NetlinkReader.Malformed($"attribute {Type}: an address of {Payload.Length} bytes");

    internal MacAddress ReadMac() => new(Exactly(MacAddress.Length));

    /// <summary>A struct; newer kernels may have made it longer, older ones shorter, which then reads as zero.</summary>
    internal T ReadStruct<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (Payload.Length >= size)
            return MemoryMarshal.Read<T>(Payload);
        Span<byte> padded = stackalloc byte[size];
        Payload.CopyTo(padded);
        return MemoryMarshal.Read<T>(padded);
    }

    private ReadOnlySpan<byte> Exactly(int length) => Payload.Length == length
        ? Payload
        : throw NetlinkReader.Malformed($"attribute {Type}: {Payload.Length} bytes instead of {length}");
}
