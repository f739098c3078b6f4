using System.Diagnostics;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>
/// A question in one datagram, asked again a few times while no answer comes (a datagram may be lost without anybody forbidding
/// it). The round trip counts from the asking that was answered.
/// </summary>
internal static class DatagramProbe
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(400);

    public static async Task<ProbeAnswer> AskAsync(Socket socket, Func<int, byte[]> question, Func<ReadOnlyMemory<byte>, int?> answers, CancellationToken cancellationToken)
    {
        var asked = new List<long>();
        var buffer = new byte[2048];
        while (true)
        {
            var number = asked.Count;
            asked.Add(Stopwatch.GetTimestamp());
            await socket.SendAsync(question(number), cancellationToken);
            using var again = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            again.CancelAfter(AskAgainAfter);
            try
            {
                while (true)
                {
                    var count = await socket.ReceiveAsync(buffer, again.Token);
                    if (answers(buffer.AsMemory(0, count)) is { } which && which < asked.Count)
                        return ProbeAnswer.After(Stopwatch.GetElapsedTime(asked[which]));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Not answered yet: ask again.
            }
        }
    }
}
