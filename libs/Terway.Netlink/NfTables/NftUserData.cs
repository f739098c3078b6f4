using System.Text;

namespace Terway.Netlink;

/// <summary>What a program keeps with an object of nf_tables; the kernel stores it and does not look at it.</summary>
/// <remarks>
/// A list of entries of a kind, a length and bytes, as libnftnl writes them, so that <c>nft</c> shows the comment among them. Two are
/// equal when their bytes are. The kernel takes up to 256 bytes.
/// </remarks>
public sealed class NftUserData : IEquatable<NftUserData>
{
    /// <summary>The longest comment in bytes: an entry's header and the terminator fit with it into what the kernel takes.</summary>
    public const int MaxCommentLength = 253;

    private readonly byte[] _bytes;

    private NftUserData(byte[] bytes) => _bytes = bytes;

    /// <summary>No data.</summary>
    public static NftUserData Empty { get; } = new([]);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _bytes.Length == 0;

    /// <summary>The data as the kernel stores it.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Data of any content.</summary>
    /// <param name="bytes">The bytes, which are copied.</param>
    /// <returns>The data.</returns>
    public static NftUserData Of(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new(bytes.ToArray());

    /// <summary>An entry.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>Whether there is one; what is no list of entries has none.</returns>
    public bool TryGet(byte kind, out ReadOnlySpan<byte> value)
    {
        var rest = _bytes.AsSpan();
        while (rest.Length >= 2 && rest.Length >= 2 + rest[1])
        {
            value = rest.Slice(2, rest[1]);
            if (rest[0] == kind)
                return true;
            rest = rest[(2 + value.Length)..];
        }
        value = default;
        return false;
    }

    internal string? Text(byte kind) => TryGet(kind, out var value) ? Encoding.UTF8.GetString(value.TrimEnd((byte)0)) : null;

    /// <summary>The data with a text in place of the entry of its kind, or without one when the text is null.</summary>
    internal NftUserData With(byte kind, string? text)
    {
        if (text is null)
            return With(kind, ReadOnlySpan<byte>.Empty, keep: false);
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxCommentLength)
            throw new ArgumentException($"A comment of {length} bytes; the kernel takes {MaxCommentLength}.", nameof(text));
        Span<byte> value = stackalloc byte[length + 1];
        value[length] = 0;
        Encoding.UTF8.GetBytes(text, value);
        return With(kind, value, keep: true);
    }

    /// <summary>The data with a number, in the host's order, in place of the entry of its kind.</summary>
    internal NftUserData With(byte kind, uint number) => With(kind, BitConverter.GetBytes(number), keep: true);

    private NftUserData With(byte kind, ReadOnlySpan<byte> value, bool keep)
    {
        var entries = new List<byte>(_bytes.Length);
        var rest = _bytes.AsSpan();
        while (rest.Length >= 2 && rest.Length >= 2 + rest[1])
        {
            var entry = rest[..(2 + rest[1])];
            if (entry[0] != kind)
                entries.AddRange(entry);
            rest = rest[entry.Length..];
        }
        if (keep)
            entries.AddRange([kind, (byte)value.Length, .. value]);
        return entries.Count == 0 ? Empty : new([.. entries]);
    }

    /// <inheritdoc/>
    public bool Equals(NftUserData? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NftUserData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexString(_bytes);

    internal static NftUserData Read(ref AttributeTable table, ushort type) =>
        table.TryTake(type, out var attribute) ? Of(attribute.Payload) : Empty;

    internal void Write(ref NetlinkWriter writer, ushort type)
    {
        if (!IsEmpty)
            writer.WriteBytes(type, _bytes);
    }
}
