using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>Writes frames to the open ends of links and sees which of them come out of others.</summary>
/// <remarks>
/// All of it happens on one processor, where the kernel takes packets in the order in which they were sent. So when the last one is out, which
/// nothing hinders, whatever is not out by then never will be.
/// </remarks>
internal sealed partial class ProbeWire : IDisposable
{
    /// <summary>So many that their frames fit the receive buffer.</summary>
    public const int BatchSize = 60;

    private const string Sentinel = "sentinel";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyDictionary<string, ProbeLink> _links;
    private readonly Dictionary<int, string> _namesByOpenEnd;
    private readonly Socket _socket;

    public ProbeWire(NetworkNamespace outside, IReadOnlyDictionary<string, ProbeLink> links)
    {
        _links = links;
        _namesByOpenEnd = links.Values.ToDictionary(l => l.Open.Value, l => l.Name);
        _socket = outside.Run(() => new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)PacketAddress.AllProtocols));
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.ReceiveBufferSize = 4 << 20;
    }

    /// <summary>Sends packets, each from a link, and tells for each the link that it came out of; null where it did not.</summary>
    public List<string?> Send(IReadOnlyList<(string Link, Packet Packet)> probes, Packet unhindered)
    {
        List<string?> seen = [];
        foreach ((string Link, Packet Packet)[] batch in probes.Chunk(BatchSize))
        {
            seen.AddRange(Send([.. batch.Select((p, i) => (p.Link, ProbeFrame.Of(p.Packet, MacOf(p.Link), (ushort)(i + 1))))], unhindered));
        }

        return seen;
    }

    /// <summary>The address of the node's end of a link.</summary>
    public MacAddress MacOf(string link) => _links[link].Mac;

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends frames, whose probes are numbered from 1; at most a batch.</summary>
    public string?[] Send(IReadOnlyList<(string Link, byte[] Frame)> batch, Packet unhindered)
    {
        string?[] seen = new string?[batch.Count];
        // The thread that is bound to a processor ends with its work.
        Thread thread = new(() =>
        {
            StayOnThisProcessor();
            foreach ((string link, byte[] frame) in batch)
            {
                Write(link, frame);
            }

            Write(ProbeLab.Uplink, ProbeFrame.Of(unhindered, MacOf(ProbeLab.Uplink), (ushort)(batch.Count + 1)));
        });
        thread.Start();
        thread.Join();
        while (Read() is var (link, id) && id != batch.Count + 1)
        {
            if (id > 0 && id <= seen.Length)
            {
                seen[id - 1] = link;
            }
        }

        return seen;
    }

    private void Write(string link, byte[] frame) => _socket.SendTo(frame, SocketFlags.None, new PacketAddress(_links[link].Open.Value).Serialize());

    /// <summary>The next frame that came out of a link: which link, and the probe's number; 0 for what is no probe.</summary>
    private (string Link, int Id) Read()
    {
        byte[] frame = new byte[2048];
        SocketAddress from = new(AddressFamily.Packet, PacketAddress.MaxSize);
        int length = _socket.ReceiveFrom(frame, SocketFlags.None, from);
        string link = _namesByOpenEnd.GetValueOrDefault(PacketAddress.InterfaceOf(from), Sentinel);
        return PacketAddress.IsOutgoing(from) ? (link, 0) : (link, ProbeFrame.IdOf(frame.AsSpan(0, length)));
    }

    private static void StayOnThisProcessor()
    {
        Span<byte> mask = stackalloc byte[128];
        int processor = Thread.GetCurrentProcessorId();
        mask[processor / 8] = (byte)(1 << (processor % 8));
        SetAffinity(0, (nuint)mask.Length, mask).Should().Be(0);
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, ReadOnlySpan<byte> mask);
}
