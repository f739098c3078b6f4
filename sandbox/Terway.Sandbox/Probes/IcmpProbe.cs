using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>An echo request (RFC 792, RFC 4443) and its reply.</summary>
internal static class IcmpProbe
{
    private const int HeaderLength = 8;
    private const int MarkLength = 16;

    private readonly record struct EchoTypes(byte Request, byte Reply)
    {
        public static EchoTypes Of(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? new EchoTypes(128, 129) : new EchoTypes(8, 0);
    }

    public static async Task<ProbeAnswer> AskAsync(IProbeEndpoint from, IPAddress to, CancellationToken cancellationToken)
    {
        var types = EchoTypes.Of(to.AddressFamily);
        var protocol = to.AddressFamily == AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        using var socket = from.Open(() => new Socket(to.AddressFamily, SocketType.Raw, protocol));
        await socket.ConnectAsync(new IPEndPoint(to, 0), cancellationToken);
        var mark = Guid.NewGuid().ToByteArray();
        return await DatagramProbe.AskAsync(socket, number => Request(types, mark, (ushort)number), packet => SequenceOfReply(packet.Span, types, mark, to), cancellationToken);
    }

    internal static byte[] Request(ReadOnlySpan<byte> mark, ushort sequence, AddressFamily family) => Request(EchoTypes.Of(family), mark, sequence);

    private static byte[] Request(EchoTypes types, ReadOnlySpan<byte> mark, ushort sequence)
    {
        var message = new byte[HeaderLength + MarkLength];
        message[0] = types.Request;
        mark[..2].CopyTo(message.AsSpan(4));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), sequence);
        mark.CopyTo(message.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum(message));
        return message;
    }

    // A raw socket sees all ICMP of its namespace, with the IPv4 header but without the IPv6 one: the mark tells ours.
    private static int? SequenceOfReply(ReadOnlySpan<byte> packet, EchoTypes types, ReadOnlySpan<byte> mark, IPAddress to)
    {
        var message = to.AddressFamily == AddressFamily.InterNetwork && packet.Length > 0 ? packet[Math.Min(packet.Length, (packet[0] & 0x0f) * 4)..] : packet;
        return message.Length == HeaderLength + MarkLength && message[0] == types.Reply && message[HeaderLength..].SequenceEqual(mark)
            ? BinaryPrimitives.ReadUInt16BigEndian(message[6..])
            : null;
    }

    // RFC 1071. The kernel fills in ICMPv6's by itself, as it covers a pseudo header.
    internal static ushort Checksum(ReadOnlySpan<byte> message)
    {
        uint sum = 0;
        for (var i = 0; i + 1 < message.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(message[i..]);
        if (message.Length % 2 == 1)
            sum += (uint)message[^1] << 8;
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
