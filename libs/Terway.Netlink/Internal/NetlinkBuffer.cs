using System.Buffers;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>The bytes that requests are written to: taken from the shared pool when needed, grown when a request needs more.</summary>
internal sealed class NetlinkBuffer(int capacity)
{
    private byte[] _bytes = [];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal Span<byte> At(int offset, int length) => _bytes.AsSpan(offset, length);

    internal void Clear() => Length = 0;

    /// <summary>Empties the buffer and gives its array back.</summary>
    internal void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    internal void Truncate(int length) => Length = length;

    /// <summary>Appends zeroed bytes and gives them out; their count is rounded up to the alignment.</summary>
    internal Span<byte> Append(int length)
    {
        var start = Length;
        var end = start + Align(length);
        if (end > _bytes.Length)
            Grow(end);
        Length = end;
        var appended = _bytes.AsSpan(start, end - start);
        appended.Clear();
        return appended[..length];
    }

    private void Grow(int needed)
    {
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, capacity), _bytes.Length * 2));
        Written.CopyTo(grown);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
