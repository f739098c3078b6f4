using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>A packet as an Ethernet frame with all its checksums, so that connection tracking takes it for the first of a connection.</summary>
internal static class ProbeFrame
{
    private const int EthernetSize = 14;
    private const int SizeV4 = 20;
    private const int SizeV6 = 40;
    private const ushort EtherTypeV4 = 0x0800;
    private const ushort EtherTypeV6 = 0x86dd;
    private const byte Ttl = 64;

    /// <summary>Marks probes among what else the kernel sends.</summary>
    private const byte TrafficClass = 0x94;

    public static byte[] Of(Packet packet, MacAddress to, ushort id)
    {
        byte[] source = packet.Source.GetAddressBytes();
        byte[] destination = packet.Destination.GetAddressBytes();
        byte[] payload = Payload(packet, source, destination);
        bool isV4 = packet.Source.AddressFamily is AddressFamily.InterNetwork;
        byte[] frame = new byte[EthernetSize + (isV4 ? SizeV4 : SizeV6) + payload.Length];
        to.CopyTo(frame);
        frame[6] = 0x02;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), isV4 ? EtherTypeV4 : EtherTypeV6);
        Span<byte> header = frame.AsSpan(EthernetSize);
        if (isV4)
        {
            header[0] = 0x45;
            header[1] = TrafficClass;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(SizeV4 + payload.Length));
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], id);
            header[8] = Ttl;
            header[9] = packet.Protocol.Number;
            source.CopyTo(header[12..]);
            destination.CopyTo(header[16..]);
            BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header[..SizeV4]));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(header, (6u << 28) | ((uint)TrafficClass << 20) | id);
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)payload.Length);
            header[6] = packet.Protocol.Number;
            header[7] = Ttl;
            source.CopyTo(header[8..]);
            destination.CopyTo(header[24..]);
        }

        payload.CopyTo(frame, EthernetSize + (isV4 ? SizeV4 : SizeV6));
        return frame;
    }

    /// <summary>The destination's answer that nobody listens there: ICMP type 3, code 3, with what it is about (RFC 792).</summary>
    public static byte[] PortUnreachable(Packet about, MacAddress to, ushort id)
    {
        byte[] inner = Of(about, to, id)[EthernetSize..];
        byte[] frame = Of(new() { Source = about.Destination, Destination = about.Source, Protocol = IpProtocol.Icmp, Icmp = new(3, 3) }, to, id);
        byte[] payload = [3, 3, 0, 0, 0, 0, 0, 0, .. inner];
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), Checksum(payload));
        frame = [.. frame[..(EthernetSize + SizeV4)], .. payload];
        Span<byte> header = frame.AsSpan(EthernetSize, SizeV4);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(SizeV4 + payload.Length));
        header[10..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header));
        return frame;
    }

    /// <summary>The number that a probe was given; 0 for a frame that is none.</summary>
    public static int IdOf(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> header = frame[EthernetSize..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch
        {
            EtherTypeV4 when header[1] == TrafficClass => BinaryPrimitives.ReadUInt16BigEndian(header[4..]),
            EtherTypeV6 when (BinaryPrimitives.ReadUInt16BigEndian(header) >> 4 & 0xff) == TrafficClass => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            _ => 0,
        };
    }

    private static byte[] Payload(Packet packet, byte[] source, byte[] destination)
    {
        byte[] payload = packet.Protocol.Number switch
        {
            6 => [.. Ports(packet), 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0],
            17 => [.. Ports(packet), 0, 8, 0, 0],
            132 => SctpInit(packet),
            1 or 58 => [packet.Icmp!.Value.Type, packet.Icmp.Value.Code ?? 0, 0, 0, 0, 1, 0, 1],
            47 => [0, 0, 0x08, 0],
            _ => new byte[8],
        };
        int checksumAt = packet.Protocol.Number switch { 6 => 16, 17 => 6, 1 or 58 => 2, _ => -1 };
        if (checksumAt > 0)
        {
            byte[] pseudo = packet.Protocol.Number == 1 ? [] : [.. source, .. destination, 0, packet.Protocol.Number, 0, (byte)payload.Length];
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(checksumAt), Checksum([.. pseudo, .. payload]));
        }

        return payload;
    }

    private static byte[] Ports(Packet packet) =>
        [(byte)(packet.SourcePort >> 8), (byte)packet.SourcePort, (byte)(packet.DestinationPort >> 8), (byte)packet.DestinationPort];

    /// <summary>RFC 9260, sections 3.1 and 3.3.2, with the checksum of its appendix A.</summary>
    private static byte[] SctpInit(Packet packet)
    {
        byte[] init = [.. Ports(packet), 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 20, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1];
        uint crc = uint.MaxValue;
        foreach (byte b in init)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, b);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(init.AsSpan(8), ~crc);
        return init;
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        }

        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
