using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Receives the messages of an answer as they come.</summary>
internal interface IAnswerSink
{
    /// <summary>The answer starts, or starts again because the kernel's tables changed under the dump.</summary>
    void Begin();

    void Message(NetlinkReader body);
}

/// <summary>Where commands go: straight to the kernel, or into a batch.</summary>
internal interface IRequestSink
{
    void Submit(string operation, ushort type, ushort flags, INetlinkRequest request);
}

/// <summary>Requests and answers over one transport, one at a time under a lock.</summary>
internal sealed class NetlinkConnection : IRequestSink, IDisposable
{
    // The kernel fills dump datagrams up to the largest buffer it has seen, but never above 32 KiB.
    private const int InitialReceiveBuffer = 32 * 1024;
    private const int InitialSendBuffer = 4 * 1024;

    // A dump is interrupted when its table changes meanwhile. Under steady change that can go on; an answer is then worth an error.
    private const int MaxDumpAttempts = 16;

    private readonly INetlinkTransport _transport;
    private readonly Func<ushort, ushort> _answerTo;
    private readonly Lock _lock = new();
    private readonly NetlinkBuffer _request = new(InitialSendBuffer);
    private byte[] _answer = GC.AllocateUninitializedArray<byte>(InitialReceiveBuffer);
    private uint _sequence;
    private bool _busy;

    /// <summary>A connection over a transport.</summary>
    /// <param name="transport">The transport, which belongs to the connection from now on.</param>
    /// <param name="answerTo">The type of the messages that answer a request's type; null is rtnetlink's rule.</param>
    internal NetlinkConnection(INetlinkTransport transport, Func<ushort, ushort>? answerTo = null)
    {
        _transport = transport;
        _answerTo = answerTo ?? RtnetlinkConstants.AnswerTo;
    }

    /// <summary>Executes a request that answers only with success or failure, and throws on failure.</summary>
    public void Submit(string operation, ushort type, ushort flags, INetlinkRequest request)
    {
        var failure = Execute(type, flags, request);
        if (failure.IsFailure)
            throw failure.ToException(operation, request);
    }

    /// <summary>Executes a request; false when its object is not there.</summary>
    internal bool TrySubmit(string operation, ushort type, ushort flags, INetlinkRequest request)
    {
        var failure = Execute(type, flags, request);
        if (failure.IsFailure && !failure.IsNotFound)
            throw failure.ToException(operation, request);
        return !failure.IsFailure;
    }

    internal NetlinkFailure Execute(ushort type, ushort flags, INetlinkRequest request)
    {
        using var section = Enter();
        var sequence = Send(type, (ushort)(flags | NLM_F_REQUEST | NLM_F_ACK), request);
        while (true)
        {
            var reader = ReceiveAcknowledgement();
            while (reader.TryReadMessage(out var header, out var body))
            {
                if (header.Sequence == sequence && header.Type == NLMSG_ERROR)
                    return ReadFailure(header, body);
            }
        }
    }

    /// <summary>Asks for one object.</summary>
    internal NetlinkFailure Get<TSink>(ushort type, ushort flags, INetlinkRequest request, ref TSink sink)
        where TSink : IAnswerSink, allows ref struct => Ask(type, (ushort)(flags | NLM_F_REQUEST | NLM_F_ACK), request, ref sink);

    /// <summary>Asks for all objects.</summary>
    internal NetlinkFailure Dump<TSink>(ushort type, INetlinkRequest request, ref TSink sink)
        where TSink : IAnswerSink, allows ref struct => Ask(type, NLM_F_REQUEST | NLM_F_DUMP, request, ref sink);

    /// <summary>Sends requests that are already written and have consecutive sequence numbers, and calls back for each that failed.</summary>
    /// <remarks>Only the last asks for an acknowledgement: of the others the kernel answers those that fail.</remarks>
    internal void Pipeline(ReadOnlySpan<byte> requests, uint first, uint last, Action<uint, NetlinkFailure> failed) =>
        Exchange(requests, first, last, whole: null, failed);

    /// <summary>
    /// Sends one transaction of nfnetlink, whose requests have consecutive sequence numbers, and calls back for each that failed:
    /// the begin message's own failure is one of the whole.
    /// </summary>
    /// <param name="requests">The transaction from its begin message to its end message.</param>
    /// <param name="begin">The begin message's number.</param>
    /// <param name="last">The number of the last request, which alone asks for an acknowledgement.</param>
    /// <param name="failed">Is told of failures.</param>
    internal void Transact(ReadOnlySpan<byte> requests, uint begin, uint last, Action<uint, NetlinkFailure> failed) =>
        Exchange(requests, begin, last, whole: begin, failed);

    /// <summary>Reserves sequence numbers for a pipeline.</summary>
    internal uint ReserveSequences(int count)
    {
        lock (_lock)
        {
            var first = _sequence + 1;
            _sequence += (uint)count;
            return first;
        }
    }

    public void Dispose() => _transport.Dispose();

    private void Exchange(ReadOnlySpan<byte> requests, uint first, uint last, uint? whole, Action<uint, NetlinkFailure> failed)
    {
        using var section = Enter();
        _transport.Reserve(requests.Length, (int)(last - first));
        _transport.Send(requests);
        while (true)
        {
            var reader = ReceiveAcknowledgement();
            while (reader.TryReadMessage(out var header, out var body))
            {
                if (header.Type != NLMSG_ERROR || header.Sequence - first > last - first)
                    continue;
                var failure = ReadFailure(header, body);
                if (failure.IsFailure)
                    failed(header.Sequence, failure);
                // After a refusal of the whole an answer to the last request may follow; the next request passes it over.
                if (header.Sequence == last || header.Sequence == whole)
                    return;
            }
        }
    }

    private NetlinkFailure Ask<TSink>(ushort type, ushort flags, INetlinkRequest request, ref TSink sink)
        where TSink : IAnswerSink, allows ref struct
    {
        using var section = Enter();
        for (var attempt = 1; ; attempt++)
        {
            sink.Begin();
            var sequence = Send(type, flags, request);
            var failure = Receive(sequence, _answerTo(type), ref sink, out var interrupted);
            if (!interrupted)
                return failure;
            if (attempt == MaxDumpAttempts)
                return new(Errno.TryAgain, "the table changed during every attempt to dump it");
        }
    }

    private uint Send(ushort type, ushort flags, INetlinkRequest request)
    {
        _request.Clear();
        var writer = new NetlinkWriter(_request);
        var start = writer.BeginMessage(type, flags, ++_sequence);
        request.Write(ref writer, type);
        writer.EndMessage(start);
        _transport.Send(_request.Written);
        return _sequence;
    }

    /// <summary>Receives until the acknowledgement or the end of the dump.</summary>
    private NetlinkFailure Receive<TSink>(uint sequence, ushort type, ref TSink sink, out bool interrupted)
        where TSink : IAnswerSink, allows ref struct
    {
        interrupted = false;
        while (true)
        {
            var reader = ReceiveDatagram();
            while (reader.TryReadMessage(out var header, out var body))
            {
                // An answer to an earlier request that was given up.
                if (header.Sequence != sequence)
                    continue;
                interrupted |= (header.Flags & NLM_F_DUMP_INTR) != 0;
                if (header.Type is NLMSG_ERROR or NLMSG_DONE)
                    return ReadFailure(header, body);
                if (header.Type != type || interrupted)
                    continue;
                try
                {
                    sink.Message(body);
                }
                catch
                {
                    // A dump that is left unread would make the next one fail with EBUSY.
                    Drain(reader, sequence);
                    throw;
                }
            }
        }
    }

    private void Drain(NetlinkReader reader, uint sequence)
    {
        while (true)
        {
            while (reader.TryReadMessage(out var header, out _))
            {
                if (header.Sequence == sequence && header.Type is (NLMSG_ERROR or NLMSG_DONE))
                    return;
            }
            reader = ReceiveDatagram();
        }
    }

    private NetlinkReader ReceiveDatagram()
    {
        // A link with many virtual functions makes a message longer than any fixed buffer.
        var length = _transport.NextLength();
        if (length > _answer.Length)
            _answer = GC.AllocateUninitializedArray<byte>(Align(length));
        return ReceiveAcknowledgement();
    }

    /// <summary>Receives a datagram that is no longer than a request, so that its length need not be asked for first.</summary>
    private NetlinkReader ReceiveAcknowledgement()
    {
        var length = _transport.Receive(_answer);
        return new(_answer.AsSpan(0, Math.Min(length, _answer.Length)));
    }

    private static NetlinkFailure ReadFailure(NetlinkHeader header, NetlinkReader body)
    {
        // NLMSG_DONE of old kernels may come without a code.
        if (body.Rest.Length < sizeof(int))
            return NetlinkFailure.None;
        var errno = (Errno)(-body.ReadStruct<int>());
        if (errno == Errno.None)
            return NetlinkFailure.None;
        if ((header.Flags & NLM_F_ACK_TLVS) == 0)
            return new(errno);
        if (header.Type == NLMSG_ERROR)
        {
            // The request's header is repeated, and without CAP_ACK its body too.
            var request = body.ReadStruct<NetlinkHeader>();
            if ((header.Flags & NLM_F_CAPPED) == 0)
                body.Skip((int)Math.Min(request.Length, int.MaxValue) - NLMSG_HDRLEN);
        }
        var attributes = new AttributeTable(body, stackalloc AttributeSlot[NLMSGERR_ATTR_OFFS + 1]);
        return new(errno, attributes.String(NLMSGERR_ATTR_MSG), attributes.Int32(NLMSGERR_ATTR_OFFS));
    }

    private Section Enter()
    {
        _lock.Enter();
        if (_busy)
        {
            _lock.Exit();
            throw new InvalidOperationException("A visitor of a dump cannot use the connection that it visits.");
        }
        _busy = true;
        return new(this);
    }

    private readonly ref struct Section(NetlinkConnection connection)
    {
        public void Dispose()
        {
            connection._busy = false;
            connection._lock.Exit();
        }
    }
}
