namespace Terway.Netlink;

/// <summary>Netlink attributes kept as the kernel sent them: those of a message that this library has no name for.</summary>
/// <remarks>They are written back unchanged with the message. Two are equal when their bytes are.</remarks>
public sealed class RawAttributes : IEquatable<RawAttributes>
{
    private readonly byte[] _bytes;

    internal RawAttributes(byte[] bytes) => _bytes = bytes;

    /// <summary>No attributes.</summary>
    public static RawAttributes Empty { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _bytes.Length == 0;

    /// <summary>The attributes in wire form, each with its header and padding.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The payload of an attribute.</summary>
    /// <param name="type">The attribute's number in the message's uapi header.</param>
    /// <param name="payload">Its bytes.</param>
    /// <returns>Whether there is such an attribute.</returns>
    public bool TryGet(ushort type, out ReadOnlySpan<byte> payload)
    {
        var reader = new NetlinkReader(_bytes);
        while (reader.TryReadAttribute(out var attribute))
        {
            if (attribute.Type != type)
                continue;
            payload = attribute.Payload;
            return true;
        }
        payload = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(RawAttributes? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? string.Empty : Convert.ToHexString(_bytes);
}
