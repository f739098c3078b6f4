using System.Runtime.InteropServices;
using System.Text;

namespace Terway.Netlink.Tests.Captures;

/// <summary>
/// A message as text that does not depend on what has no meaning to the kernel: the order of attributes, the flag that an attribute is
/// nested, and the terminator of a text, both of which iproute2 writes in some places only. What can be read as attributes is taken apart.
/// </summary>
internal static class CanonicalMessage
{
    private const ushort NestedFlag = 0x8000;

    internal static string Of(ushort type, ReadOnlySpan<byte> body)
    {
        var headerLength = HeaderLength(type);
        var text = new StringBuilder($"type {type} header {Convert.ToHexString(body[..headerLength])}\n");
        foreach (var attribute in Split(body[headerLength..]) ?? throw new InvalidOperationException("The message breaks its format."))
            text.Append(attribute).Append('\n');
        return text.ToString();
    }

    internal static int HeaderLength(ushort type) => (type / 4 * 4) switch
    {
        // Every subsystem of nfnetlink has the same header.
        > byte.MaxValue => 4,
        RtnetlinkConstants.RTM_NEWLINK or RtnetlinkConstants.RTM_NEWLINKPROP => 16,
        RtnetlinkConstants.RTM_NEWADDR => 8,
        RtnetlinkConstants.RTM_NEWROUTE or RtnetlinkConstants.RTM_NEWRULE or RtnetlinkConstants.RTM_NEWNEIGH => 12,
        RtnetlinkConstants.RTM_NEWQDISC or RtnetlinkConstants.RTM_NEWTFILTER => 20,
        RtnetlinkConstants.RTM_NEWNSID => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such message."),
    };

    private static string Value(ReadOnlySpan<byte> payload)
    {
        const int LinkHeaderLength = 16;
        var text = payload.TrimEnd((byte)0);
        if (!text.IsEmpty && text.Length >= payload.Length - 1 && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return $"'{Encoding.ASCII.GetString(text)}'";
        if (!payload.IsEmpty && Split(payload) is { } nested)
            return $"{{{string.Join(' ', nested)}}}";
        // A veth's peer is a whole link message.
        if (payload.Length > LinkHeaderLength && Split(payload[LinkHeaderLength..]) is { } peer)
            return $"{Convert.ToHexString(payload[..LinkHeaderLength])} {{{string.Join(' ', peer)}}}";
        return Convert.ToHexString(payload);
    }

    private static List<string>? Split(ReadOnlySpan<byte> bytes)
    {
        var attributes = new List<string>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 4)
                return null;
            var length = MemoryMarshal.Read<ushort>(bytes);
            if (length < 4 || length > bytes.Length)
                return null;
            var type = MemoryMarshal.Read<ushort>(bytes[2..]) & ~NestedFlag;
            var payload = bytes[4..length];
            attributes.Add($"{type:d3}={Value(payload)}");
            bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..];
        }
        attributes.Sort(StringComparer.Ordinal);
        return attributes;
    }
}
