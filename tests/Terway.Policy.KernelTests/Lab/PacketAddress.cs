using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Terway.Policy.KernelTests;

/// <summary>A link as the address of a packet socket: <c>struct sockaddr_ll</c> of <c>linux/if_packet.h</c>.</summary>
internal sealed class PacketAddress(int link) : EndPoint
{
    /// <summary>The room that the platform wants for any address.</summary>
    public const int MaxSize = 128;

    private const int Size = 20;

    /// <summary>ETH_P_ALL in the order of the network.</summary>
    public const int AllProtocols = 0x0300;

    private const int InterfaceOffset = 4;
    private const int TypeOffset = 10;
    private const byte PacketOutgoing = 4;

    public override AddressFamily AddressFamily => AddressFamily.Packet;

    public override SocketAddress Serialize()
    {
        SocketAddress address = new(AddressFamily.Packet, Size);
        BinaryPrimitives.WriteInt32LittleEndian(address.Buffer.Span[InterfaceOffset..], link);
        return address;
    }

    public static int InterfaceOf(SocketAddress address) => BinaryPrimitives.ReadInt32LittleEndian(address.Buffer.Span[InterfaceOffset..]);

    public static bool IsOutgoing(SocketAddress address) => address[TypeOffset] == PacketOutgoing;
}
