using System.Net;
using System.Runtime.InteropServices;
using static Terway.Netlink.RouteConstants;

namespace Terway.Netlink;

/// <summary>A gateway of the route's own family stands in RTA_GATEWAY; one of the other family in RTA_VIA, behind its family.</summary>
internal static class GatewayCodec
{
    internal static void Write(ref NetlinkWriter writer, IPAddress? gateway, IpFamily family)
    {
        if (gateway is null)
            return;
        var own = IpFamilies.Of(gateway);
        if (own == family)
        {
            writer.WriteAddress(RTA_GATEWAY, gateway);
            return;
        }
        Span<byte> via = stackalloc byte[sizeof(ushort) + 16];
        MemoryMarshal.Write(via, (ushort)own);
        gateway.TryWriteBytes(via[sizeof(ushort)..], out var length);
        writer.WriteBytes(RTA_VIA, via[..(sizeof(ushort) + length)]);
    }

    internal static IPAddress? Read(ref AttributeTable table)
    {
        if (table.Address(RTA_GATEWAY) is { } gateway)
            return gateway;
        if (!table.TryTake(RTA_VIA, out var via))
            return null;
        return via.Payload.Length is 6 or 18
            ? new(via.Payload[sizeof(ushort)..])
            : throw NetlinkReader.Malformed($"a gateway of {via.Payload.Length} bytes");
    }
}
