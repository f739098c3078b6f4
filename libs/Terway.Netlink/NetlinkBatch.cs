using System.Runtime.InteropServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes that are gathered and then sent together: many for the price of a few system calls.</summary>
/// <remarks>
/// The kernel executes them in order and goes on after a failure; the result names each one that failed. Not thread-safe.
/// A batch can be used again after <see cref="Execute"/>.
/// </remarks>
public sealed class NetlinkBatch : IRequestSink
{
    // The kernel copies what is sent into one block of memory, and each failure waits in the receive buffer (208 KiB by default)
    // as a block of its own of about 1 KiB: within these limits none is lost.
    private const int MaxDatagram = 64 * 1024;
    private const int MaxRequestsPerDatagram = 128;

    private readonly NetlinkConnection _connection;
    private readonly NetlinkBuffer _buffer = new(4 * 1024);
    private readonly PooledList<Entry> _entries = new();

    internal NetlinkBatch(NetlinkConnection connection)
    {
        _connection = connection;
        Links = new(this);
        Addresses = new(this);
        Routes = new(this);
        Rules = new(this);
        Neighbours = new(this);
        Qdiscs = new(this);
        Filters = new(this);
    }

    /// <summary>Changes of links.</summary>
    public LinkCommands Links { get; }

    /// <summary>Changes of addresses.</summary>
    public AddressCommands Addresses { get; }

    /// <summary>Changes of routes.</summary>
    public RouteCommands Routes { get; }

    /// <summary>Changes of rules.</summary>
    public RuleCommands Rules { get; }

    /// <summary>Changes of neighbours.</summary>
    public NeighbourCommands Neighbours { get; }

    /// <summary>Changes of qdiscs.</summary>
    public QdiscCommands Qdiscs { get; }

    /// <summary>Changes of packet filters.</summary>
    public FilterCommands Filters { get; }

    /// <summary>The number of changes that were gathered.</summary>
    public int Count => _entries.Count;

    void IRequestSink.Submit(string operation, ushort type, ushort flags, INetlinkRequest request)
    {
        var writer = new NetlinkWriter(_buffer);
        var start = writer.BeginMessage(type, (ushort)(flags | NLM_F_REQUEST), 0);
        try
        {
            request.Write(ref writer, type);
            writer.EndMessage(start);
        }
        catch
        {
            _buffer.Truncate(start);
            throw;
        }
        _entries.Add(new(start, operation, request));
    }

    /// <summary>Sends what was gathered and empties the batch.</summary>
    /// <returns>Which changes failed.</returns>
    /// <exception cref="NetlinkException">The socket failed; refusals of the kernel are in the result instead.</exception>
    public BatchResult Execute()
    {
        try
        {
            var failures = new List<BatchFailure>();
            for (var first = 0; first < _entries.Count;)
            {
                var next = EndOfDatagram(first);
                Send(first, next, failures);
                first = next;
            }
            return new(_entries.Count, failures);
        }
        finally
        {
            _entries.Release();
            _buffer.Release();
        }
    }

    private int EndOfDatagram(int first)
    {
        var start = _entries[first].Offset;
        var next = first + 1;
        while (next < _entries.Count && next - first < MaxRequestsPerDatagram && EndOf(next) - start <= MaxDatagram)
            next++;
        return next;
    }

    private int EndOf(int entry) => entry + 1 < _entries.Count ? _entries[entry + 1].Offset : _buffer.Length;

    private void Send(int first, int next, List<BatchFailure> failures)
    {
        var sequence = _connection.ReserveSequences(next - first);
        for (var i = first; i < next; i++)
            Patch(_entries[i].Offset, sequence + (uint)(i - first), acknowledge: i == next - 1);
        var start = _entries[first].Offset;
        _connection.Pipeline(
            _buffer.At(start, EndOf(next - 1) - start),
            sequence,
            sequence + (uint)(next - first - 1),
            (failed, failure) =>
            {
                var index = first + (int)(failed - sequence);
                var entry = _entries[index];
                failures.Add(new(index, failure.ToException(entry.Operation, entry.Request)));
            });
    }

    /// <summary>Completes the header of a request that is already written.</summary>
    private void Patch(int offset, uint sequence, bool acknowledge)
    {
        ref var header = ref MemoryMarshal.AsRef<NetlinkHeader>(_buffer.At(offset, NLMSG_HDRLEN));
        header.Sequence = sequence;
        if (acknowledge)
            header.Flags |= NLM_F_ACK;
    }

    private readonly record struct Entry(int Offset, string Operation, INetlinkRequest Request);
}
