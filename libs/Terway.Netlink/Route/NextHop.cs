using System.Net;
using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RouteConstants;

namespace Terway.Netlink;

/// <summary>One of the next hops of a multipath route, as after <c>nexthop</c> in <c>ip route</c>.</summary>
public sealed record NextHop
{
    /// <summary>The gateway; null when the destination is on the link. May be of the other family than the route (Linux 5.2).</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The link to send through.</summary>
    public IfIndex OutputInterface { get; init; }

    /// <summary>The share of flows, 1 to 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside that range, and would reach the kernel as another one.</exception>
    public int Weight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, byte.MaxValue + 1);
            field = value;
        }
    } = 1;

    /// <summary>The flags.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal void Write(ref NetlinkWriter writer, IpFamily family)
    {
        var start = writer.Length;
        writer.WriteStruct(new NextHopHeader { Flags = (byte)Flags, Hops = (byte)(Weight - 1), Index = OutputInterface.Value });
        GatewayCodec.Write(ref writer, Gateway, family);
        writer.WriteRaw(Unknown);
        writer.EndNested(start);
    }

    internal static EquatableArray<NextHop> ReadAll(ref AttributeTable route)
    {
        if (!route.TryTake(RTA_MULTIPATH, out var attribute))
            return [];
        var hops = new List<NextHop>();
        var rest = attribute.Payload;
        while (!rest.IsEmpty)
        {
            var length = new NetlinkReader(rest).ReadStruct<NextHopHeader>().Length;
            if (length < 8 || length > rest.Length)
                throw NetlinkReader.Malformed($"a next hop of {length} bytes in {rest.Length}");
            hops.Add(Read(new(rest[..length])));
            rest = rest[Math.Min(Align(length), rest.Length)..];
        }
        return [.. hops];
    }

    private static NextHop Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NextHopHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[RTA_VIA + 1]);
        return new NextHop
        {
            Gateway = GatewayCodec.Read(ref table),
            OutputInterface = new(header.Index),
            Weight = header.Hops + 1,
            Flags = (RouteFlags)header.Flags,
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The next hop in the words of <c>ip route</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"nexthop{(Gateway is null ? string.Empty : $" via {Gateway}")} dev if{OutputInterface} weight {Weight}{(Flags.HasFlag(RouteFlags.OnLink) ? " onlink" : string.Empty)}";
}
