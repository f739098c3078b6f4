using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

/// <summary>Sends real packets from one namespace to another. A socket keeps the namespace in which it was opened.</summary>
internal static class Probe
{
    private const int ReceiveTimeoutMilliseconds = 3000;

    /// <summary>A datagram goes to a server in the other namespace and comes back; the server sees the expected source.</summary>
    internal static void UdpEcho(NetworkNamespace from, NetworkNamespace to, IPAddress target, IPAddress? expectedSource)
    {
        using var server = OpenIn(to, target.AddressFamily, ProtocolType.Udp);
        using var client = OpenIn(from, target.AddressFamily, ProtocolType.Udp);
        server.Bind(new IPEndPoint(target, 0));
        var message = Guid.NewGuid().ToByteArray();
        var received = new byte[64];

        client.SendTo(message, server.LocalEndPoint!);
        EndPoint peer = new IPEndPoint(target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var length = server.ReceiveFrom(received, ref peer);
        received.AsSpan(0, length).ToArray().Should().Equal(message);
        if (expectedSource is not null)
            ((IPEndPoint)peer).Address.Should().Be(expectedSource);

        server.SendTo(message, peer);
        client.Receive(received).Should().Be(message.Length);
    }

    /// <summary>A connection is made, one byte goes each way.</summary>
    internal static void TcpEcho(NetworkNamespace from, NetworkNamespace to, IPAddress target)
    {
        using var listener = OpenIn(to, target.AddressFamily, ProtocolType.Tcp);
        using var client = OpenIn(from, target.AddressFamily, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(target, 0));
        listener.Listen(1);
        client.Connect(listener.LocalEndPoint!);
        using var accepted = listener.Accept();
        accepted.ReceiveTimeout = ReceiveTimeoutMilliseconds;
        var one = new byte[1];

        client.Send([42]).Should().Be(1);
        accepted.Receive(one).Should().Be(1);
        accepted.Send(one).Should().Be(1);

        client.Receive(one).Should().Be(1);
        one[0].Should().Be(42);
    }

    private static Socket OpenIn(NetworkNamespace where, AddressFamily family, ProtocolType protocol)
    {
        Socket? socket = null;
        where.Run(() => socket = new Socket(family, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol));
        socket!.ReceiveTimeout = ReceiveTimeoutMilliseconds;
        socket.SendTimeout = ReceiveTimeoutMilliseconds;
        return socket;
    }
}
