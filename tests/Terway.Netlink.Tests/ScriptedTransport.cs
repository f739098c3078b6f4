using System.Runtime.InteropServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests;

/// <summary>Plays the kernel: keeps what is sent, and gives prepared answers with the sequence number of the last request.</summary>
internal sealed class ScriptedTransport : INetlinkTransport
{
    private readonly Queue<byte[]> _answers = new();

    internal List<byte[]> Sent { get; } = [];

    /// <summary>Is asked for the answers to each datagram; without it prepared answers are given, or an acknowledgement when none is left.</summary>
    internal Func<byte[], IEnumerable<byte[]>>? Answer { get; init; }

    internal Queue<byte[]> Prepared { get; } = new();

    internal bool IsDisposed { get; private set; }

    public void Reserve(int length, int answers)
    {
        // Memory has no bound that matters here.
    }

    public void Send(ReadOnlySpan<byte> requests)
    {
        var sent = requests.ToArray();
        Sent.Add(sent);
        if (Answer is not null)
        {
            foreach (var answer in Answer(sent))
                _answers.Enqueue(answer);
            return;
        }
        var sequence = MemoryMarshal.Read<NetlinkHeader>(sent).Sequence;
        if (Prepared.Count == 0)
            Prepared.Enqueue(Ack(sequence, 0));
        while (Prepared.TryDequeue(out var answer))
            _answers.Enqueue(WithSequence(answer, sequence));
    }

    public int NextLength() => _answers.TryPeek(out var answer) ? answer.Length : throw new InvalidOperationException("The kernel has nothing more to say.");

    public int Receive(Span<byte> buffer)
    {
        var answer = _answers.Dequeue();
        answer.AsSpan(0, Math.Min(answer.Length, buffer.Length)).CopyTo(buffer);
        return answer.Length;
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>A datagram with one message.</summary>
    internal static byte[] Message(ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> body)
    {
        var message = new byte[NLMSG_HDRLEN + Align(body.Length)];
        MemoryMarshal.Write(message, new NetlinkHeader
        {
            Length = (uint)(NLMSG_HDRLEN + body.Length),
            Type = type,
            Flags = flags,
            Sequence = sequence,
        });
        body.CopyTo(message.AsSpan(NLMSG_HDRLEN));
        return message;
    }

    /// <summary>An acknowledgement, or a refusal when the error number is not 0.</summary>
    internal static byte[] Ack(uint sequence, int errno)
    {
        var body = new byte[sizeof(int) + NLMSG_HDRLEN];
        MemoryMarshal.Write(body, -errno);
        return Message(NLMSG_ERROR, NLM_F_CAPPED, sequence, body);
    }

    internal static byte[] Done(uint sequence, ushort flags = NLM_F_MULTI) => Message(NLMSG_DONE, flags, sequence, new byte[sizeof(int)]);

    internal static byte[] WithSequence(byte[] message, uint sequence)
    {
        var copy = message.ToArray();
        MemoryMarshal.AsRef<NetlinkHeader>(copy.AsSpan()).Sequence = sequence;
        return copy;
    }
}
