using System.Runtime.InteropServices;
using static Terway.Netlink.NetfilterConstants;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of nf_tables that the kernel makes all together or not at all; no packet sees half of them.</summary>
/// <remarks>
/// Each command gives the number of its change, by which the result names those that were refused. Not thread-safe. A transaction can
/// be used again after <see cref="Commit"/>, and then takes no new memory.
/// </remarks>
public sealed class NftTransaction
{
    private const int BeginLength = NLMSG_HDRLEN + HeaderLength;
    private const int HeaderLength = 4;
    private const int GenerationLength = NLA_HDRLEN + sizeof(uint);

    private readonly NetlinkConnection _connection;
    private readonly NetlinkBuffer _buffer = new(4 * 1024);
    private readonly PooledList<Entry> _entries = new();

    internal NftTransaction(NetlinkConnection connection)
    {
        _connection = connection;
        Tables = new(this);
        Chains = new(this);
        Rules = new(this);
        Sets = new(this);
        Elements = new(this);
    }

    /// <summary>Changes of tables.</summary>
    public NftTableCommands Tables { get; }

    /// <summary>Changes of chains.</summary>
    public NftChainCommands Chains { get; }

    /// <summary>Changes of rules.</summary>
    public NftRuleCommands Rules { get; }

    /// <summary>Changes of sets and maps.</summary>
    public NftSetCommands Sets { get; }

    /// <summary>Changes of the elements of sets and maps.</summary>
    public NftElementCommands Elements { get; }

    /// <summary>The number of changes that were gathered.</summary>
    public int Count { get; private set; }

    /// <summary>The length of what was gathered in bytes.</summary>
    public int Length => _buffer.Length;

    /// <summary>Sends what was gathered and empties the transaction. Without a change nothing is sent.</summary>
    /// <param name="generation">The generation that must be the present one, or nothing is changed; null for any.</param>
    /// <returns>Whether it was done, and if not, what was refused.</returns>
    /// <exception cref="NetlinkException">The socket failed; refusals of the kernel are in the result instead.</exception>
    public NftTransactionResult Commit(uint? generation = null)
    {
        try
        {
            return _entries.Count == 0 ? new(Count) : Send(generation);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Clear()
    {
        _entries.Release();
        _buffer.Release();
        Count = 0;
    }

    /// <summary>Adds a change of one message and gives its number.</summary>
    internal int Submit(string operation, ushort type, ushort flags, INetlinkRequest request)
    {
        var writer = Begin(type, flags, out var start);
        try
        {
            request.Write(ref writer, type);
        }
        catch
        {
            _buffer.Truncate(start);
            throw;
        }
        End(start, operation, request);
        return NextChange();
    }

    /// <summary>Starts a message of the present change.</summary>
    internal NetlinkWriter Begin(ushort type, ushort flags, out int start)
    {
        // Room for the begin message, which is written when it is known whether it names a generation.
        if (_buffer.Length == 0)
            _buffer.Append(BeginLength + GenerationLength);
        var writer = new NetlinkWriter(_buffer);
        start = writer.BeginMessage(type, (ushort)(flags | NLM_F_REQUEST), 0);
        return writer;
    }

    /// <summary>Ends a message of the present change.</summary>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    /// <param name="operation">What is attempted.</param>
    /// <param name="subject">On what; asked for its text only after a refusal.</param>
    /// <param name="firstElement">The number, in the change, of the first element in the message.</param>
    internal void End(int start, string operation, object subject, int firstElement = 0)
    {
        new NetlinkWriter(_buffer).EndMessage(start);
        _entries.Add(new(start, Count, firstElement, operation, subject));
    }

    /// <summary>Takes the present change's messages back.</summary>
    internal void TakeBack(int start, int entries)
    {
        _buffer.Truncate(start);
        _entries.Truncate(entries);
    }

    internal int Entries => _entries.Count;

    /// <summary>Ends the present change and gives its number.</summary>
    internal int NextChange() => Count++;

    private NftTransactionResult Send(uint? generation)
    {
        var begin = _connection.ReserveSequences(_entries.Count + 2);
        for (var i = 0; i < _entries.Count; i++)
            Patch(_entries[i].Offset, begin + 1 + (uint)i, acknowledge: i == _entries.Count - 1);
        var start = WriteBegin(begin, generation);
        var last = begin + (uint)_entries.Count;
        WriteBatchMessage(NFNL_MSG_BATCH_END, last + 1);
        var result = new NftTransactionResult(Count);
        _connection.Transact(
            _buffer.At(start, _buffer.Length - start),
            begin,
            last,
            (sequence, failure) => result.Add(FailureOf(sequence - begin, failure)));
        return result;
    }

    /// <summary>Writes the begin message so that it ends where the first change starts.</summary>
    private int WriteBegin(uint sequence, uint? generation)
    {
        var length = BeginLength + (generation is null ? 0 : GenerationLength);
        var start = BeginLength + GenerationLength - length;
        var end = _buffer.Length;
        _buffer.Truncate(start);
        var writer = WriteBatchMessage(NFNL_MSG_BATCH_BEGIN, sequence);
        writer.WriteUInt32BigEndian(NFNL_BATCH_GENID, generation);
        writer.EndMessage(start);
        _buffer.Truncate(end);
        return start;
    }

    private NetlinkWriter WriteBatchMessage(ushort type, uint sequence)
    {
        var writer = new NetlinkWriter(_buffer);
        var start = writer.BeginMessage(type, NLM_F_REQUEST, sequence);
        writer.WriteStruct(NetfilterHeader.OfBatch(NFNL_SUBSYS_NFTABLES));
        writer.EndMessage(start);
        return writer;
    }

    private NftFailure FailureOf(uint number, NetlinkFailure failure)
    {
        if (number == 0)
            return new(null, null, failure.ToException("commit", "transaction of nf_tables"));
        var index = (int)number - 1;
        var entry = _entries[index];
        var end = index + 1 < _entries.Count ? _entries[index + 1].Offset : _buffer.Length;
        var element = failure.Offset is { } offset && entry.Subject is NftSetKey
            ? ElementAt(new(_buffer.At(entry.Offset, end - entry.Offset)), offset)
            : null;
        return new(entry.Change, element + entry.FirstElement, failure.ToException(entry.Operation, entry.Subject));
    }

    /// <summary>The number of the element, in a message of elements, that a byte belongs to.</summary>
    private static int? ElementAt(NetlinkReader message, int offset)
    {
        var length = message.Rest.Length;
        message.ReadStruct<NetlinkHeader>();
        message.ReadStruct<NetfilterHeader>();
        while (message.TryReadAttribute(out var attribute))
        {
            if (attribute.Type != NfTablesConstants.NFTA_SET_ELEM_LIST_ELEMENTS)
                continue;
            var position = length - message.Rest.Length - Align(attribute.Whole.Length) + NLA_HDRLEN;
            var elements = attribute.Nested;
            for (var i = 0; elements.TryReadAttribute(out var element); i++)
            {
                var next = position + Align(element.Whole.Length);
                if (offset >= position && offset < next)
                    return i;
                position = next;
            }
        }
        return null;
    }

    /// <summary>Completes the header of a message that is already written.</summary>
    private void Patch(int offset, uint sequence, bool acknowledge)
    {
        ref var header = ref MemoryMarshal.AsRef<NetlinkHeader>(_buffer.At(offset, NLMSG_HDRLEN));
        header.Sequence = sequence;
        if (acknowledge)
            header.Flags |= NLM_F_ACK;
    }

    private readonly record struct Entry(int Offset, int Change, int FirstElement, string Operation, object Subject);
}
