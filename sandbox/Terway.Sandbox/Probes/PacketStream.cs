using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>
/// A steady stream of numbered datagrams to an echo listener, to see whether something that happens meanwhile costs packets.
/// Each datagram is sent once; what has not come back shortly after the last one is lost.
/// </summary>
internal sealed class PacketStream : IAsyncDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _returned = [];
    private readonly Task _sending;
    private readonly Task _receiving;
    private int _sent;
    private int _received;

    private PacketStream(Socket socket, TimeSpan interval)
    {
        _socket = socket;
        _sending = SendAsync(interval, _stop.Token);
        _receiving = ReceiveAsync();
    }

    /// <summary>How many were sent so far.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public static async Task<PacketStream> StartAsync(IProbeEndpoint from, IPEndPoint to, TimeSpan interval, CancellationToken cancellationToken)
    {
        var socket = from.Open(() => new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        await socket.ConnectAsync(to, cancellationToken);
        return new PacketStream(socket, interval);
    }

    /// <summary>Stops sending, waits for what is still under way, and says how many were sent and which were lost.</summary>
    public async Task<(int Sent, IReadOnlyList<int> Lost)> StopAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        for (var clock = Stopwatch.StartNew(); Volatile.Read(ref _received) < _sent && clock.Elapsed < Late;)
            await Task.Delay(Poll);
        _socket.Dispose();
        await _receiving;
        return (_sent, [.. Enumerable.Range(0, _sent).Except(_returned)]);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SendAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        var datagram = new byte[sizeof(int)];
        try
        {
            do
            {
                BinaryPrimitives.WriteInt32BigEndian(datagram, _sent);
                await _socket.SendAsync(datagram, CancellationToken.None);
                _sent++;
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64];
        while (true)
        {
            try
            {
                if (await _socket.ReceiveAsync(buffer, CancellationToken.None) == sizeof(int) && _returned.Add(BinaryPrimitives.ReadInt32BigEndian(buffer)))
                    Volatile.Write(ref _received, _returned.Count);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // An ICMP error for one datagram, which counts as lost.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
