using System.Net;
using System.Net.Sockets;

namespace Terway.Policy.Nftables;

/// <summary>A packet with what the kernel knows of it at a hook.</summary>
internal sealed record FilteredPacket(Packet Packet, string? Input, string? Output, ConnectionStates State = ConnectionStates.New, uint Mark = 0)
{
    private bool IsV4 => Packet.Source.AddressFamily is AddressFamily.InterNetwork;

    public string? Link(PacketField field) => field is PacketField.InputInterface ? Input : Output;

    public IPAddress? Address(PacketField field) => field switch
    {
        PacketField.SourceAddressV4 => IsV4 ? Packet.Source : null,
        PacketField.DestinationAddressV4 => IsV4 ? Packet.Destination : null,
        PacketField.SourceAddressV6 => IsV4 ? null : Packet.Source,
        PacketField.DestinationAddressV6 => IsV4 ? null : Packet.Destination,
        _ => throw new ArgumentException($"{field} is no address", nameof(field)),
    };

    /// <summary>A number of the packet; null where it has none, which the kernel may read as anything: rules must have asked for the protocol before.</summary>
    public ushort? Number(PacketField field) => field switch
    {
        PacketField.NetworkProtocol => IsV4 ? (ushort)2 : (ushort)10,
        PacketField.TransportProtocol => Packet.Protocol.Number,
        PacketField.SourcePort => Packet.Protocol.HasPorts ? Packet.SourcePort : null,
        PacketField.DestinationPort => Packet.Protocol.HasPorts ? Packet.DestinationPort : null,
        PacketField.IcmpType => Packet.Protocol == IpProtocol.Icmp ? Packet.Icmp?.Type : null,
        PacketField.IcmpCode => Packet.Protocol == IpProtocol.Icmp ? Packet.Icmp?.Code : null,
        PacketField.IcmpV6Type => Packet.Protocol == IpProtocol.IcmpV6 ? Packet.Icmp?.Type : null,
        PacketField.IcmpV6Code => Packet.Protocol == IpProtocol.IcmpV6 ? Packet.Icmp?.Code : null,
        _ => throw new ArgumentException($"{field} is no number", nameof(field)),
    };
}
