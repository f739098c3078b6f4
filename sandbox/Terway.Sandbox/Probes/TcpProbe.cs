using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>Connects, sends a line and waits for it to come back.</summary>
internal static class TcpProbe
{
    public static async Task<ProbeAnswer> AskAsync(IProbeEndpoint from, IPEndPoint to, CancellationToken cancellationToken)
    {
        using var socket = from.Open(() => new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        await socket.ConnectAsync(to, cancellationToken);
        var question = Guid.NewGuid().ToByteArray();
        var answer = new byte[question.Length];
        var asked = Stopwatch.GetTimestamp();
        await socket.SendAsync(question, cancellationToken);
        for (var got = 0; got < answer.Length;)
        {
            var count = await socket.ReceiveAsync(answer.AsMemory(got), cancellationToken);
            if (count == 0)
                return ProbeAnswer.None("the connection was closed without an answer");
            got += count;
        }

        var roundTrip = Stopwatch.GetElapsedTime(asked);
        return answer.AsSpan().SequenceEqual(question) ? ProbeAnswer.After(roundTrip) : ProbeAnswer.None("the answer is not what was sent");
    }
}
