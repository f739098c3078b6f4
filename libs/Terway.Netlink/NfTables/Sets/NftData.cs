using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Up to 64 bytes, as registers, set elements and comparisons hold them. A value without allocation.</summary>
public readonly struct NftData : IEquatable<NftData>
{
    /// <summary>The most bytes (<c>NFT_DATA_VALUE_MAXLEN</c>).</summary>
    public const int MaxLength = 64;

    private const int InterfaceNameLength = 16;

    private readonly Buffer _bytes;

    /// <summary>Data of any content.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">There are more than 64.</exception>
    public NftData(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new ArgumentException($"{bytes.Length} bytes; the kernel takes {MaxLength}.", nameof(bytes));
        bytes.CopyTo(_bytes);
        Length = bytes.Length;
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[..Length];

    /// <summary>An address: 4 or 16 bytes.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The data.</returns>
    public static NftData Address(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return new(bytes[..length]);
    }

    /// <summary>A number of one byte.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The data.</returns>
    public static NftData Byte(byte value) => new([value]);

    /// <summary>A number of two bytes in network order, such as a port.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The data.</returns>
    public static NftData NetworkOrder(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return new(bytes);
    }

    /// <summary>A number of four bytes in network order.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The data.</returns>
    public static NftData NetworkOrder(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new(bytes);
    }

    /// <summary>A number of four bytes in the host's order, such as a mark, an ifindex or a state of conntrack.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The data.</returns>
    public static NftData HostOrder(uint value) => new(BitConverter.GetBytes(value));

    /// <summary>A link's name: 16 bytes.</summary>
    /// <param name="name">The name, of at most 15 bytes.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">The kernel would not take it as a name.</exception>
    public static NftData InterfaceName(string name)
    {
        Terway.Netlink.InterfaceName.ThrowIfInvalid(name);
        Span<byte> bytes = stackalloc byte[InterfaceNameLength];
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes);
        return new(bytes);
    }

    /// <summary>What the names of links start with, to compare as <c>iifname "cali*"</c>.</summary>
    /// <param name="prefix">1 to 15 bytes.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">No name can start with it.</exception>
    public static NftData InterfacePrefix(string prefix)
    {
        Terway.Netlink.InterfaceName.ThrowIfInvalid(prefix);
        return new(Encoding.UTF8.GetBytes(prefix));
    }

    /// <summary>A concatenation: each field filled up to four bytes.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">Together they are longer than 64 bytes.</exception>
    public static NftData Concat(params ReadOnlySpan<NftData> fields)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        bytes.Clear();
        var length = 0;
        foreach (ref readonly var field in fields)
        {
            if (length + field.Length > MaxLength)
                throw new ArgumentException($"The fields have more than {MaxLength} bytes.", nameof(fields));
            field.Bytes.CopyTo(bytes[length..]);
            length += NetlinkConstants.Align(field.Length);
        }
        return new(bytes[..length]);
    }

    /// <inheritdoc/>
    public bool Equals(NftData other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NftData other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in hexadecimal.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Convert.ToHexString(Bytes);

    /// <summary>Whether the bytes are equal.</summary>
    public static bool operator ==(NftData left, NftData right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(NftData left, NftData right) => !left.Equals(right);

    internal void Write(ref NetlinkWriter writer, ushort type)
    {
        var nested = writer.BeginNested(type);
        writer.WriteBytes(NFTA_DATA_VALUE, Bytes);
        writer.EndNested(nested);
    }

    internal static NftData? Read(ref AttributeTable table, ushort type) =>
        table.TryTake(type, out var nested) && nested.Nested.Find(NFTA_DATA_VALUE, out var value) ? Read(value) : null;

    internal static NftData Read(NetlinkAttribute value) => value.Payload.Length <= MaxLength
        ? new(value.Payload)
        : throw NetlinkReader.Malformed($"data of {value.Payload.Length} bytes");

    [InlineArray(MaxLength)]
    private struct Buffer
    {
        private byte _first;
    }
}
