using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>The bytes that requests are written to: kept by their owner, grown when a request needs more, never shrunk.</summary>
internal sealed class NetlinkBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal Span<byte> At(int offset, int length) => _bytes.AsSpan(offset, length);

    internal void Clear() => Length = 0;

    internal void Truncate(int length) => Length = length;

    /// <summary>Appends zeroed bytes and gives them out; their count is rounded up to the alignment.</summary>
    internal Span<byte> Append(int length)
    {
        var start = Length;
        var end = start + Align(length);
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        Length = end;
        var appended = _bytes.AsSpan(start, end - start);
        appended.Clear();
        return appended[..length];
    }
}
