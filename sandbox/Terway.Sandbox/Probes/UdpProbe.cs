using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>Sends a datagram and waits for it to come back.</summary>
internal static class UdpProbe
{
    public static async Task<ProbeAnswer> AskAsync(IProbeEndpoint from, IPEndPoint to, CancellationToken cancellationToken)
    {
        using var socket = from.Open(() => new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        await socket.ConnectAsync(to, cancellationToken);
        var mark = Guid.NewGuid().ToByteArray();
        return await DatagramProbe.AskAsync(
            socket,
            number => [.. mark, (byte)number],
            answer => answer.Length == mark.Length + 1 && answer.Span.StartsWith(mark) ? answer.Span[^1] : null,
            cancellationToken);
    }
}
