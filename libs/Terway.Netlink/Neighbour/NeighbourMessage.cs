using System.Net;
using System.Text;
using static Terway.Netlink.NeighbourConstants;

namespace Terway.Netlink;

/// <summary>A neighbour, as in <c>ip neigh</c> (<c>RTM_NEWNEIGH</c>); with family <see cref="IpFamily.Bridge"/> a forwarding entry as in <c>bridge fdb</c>.</summary>
public sealed record NeighbourMessage : INetlinkMessage<NeighbourMessage>
{
    /// <summary>The family. In a request it follows from <see cref="Destination"/>.</summary>
    public IpFamily Family
    {
        get => field != IpFamily.Unspecified || Destination is null ? field : IpFamilies.Of(Destination);
        init;
    }

    /// <summary>The link.</summary>
    public IfIndex Interface { get; init; }

    /// <summary>The neighbour's IP address.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>The neighbour's Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>What is known of it.</summary>
    public NeighbourStates State { get; init; }

    /// <summary>The flags.</summary>
    public NeighbourFlags Flags { get; init; }

    /// <summary>The kind of address, as of a route. Read only.</summary>
    public RouteType Type { get; init; }

    /// <summary>The number of unanswered probes. Read only.</summary>
    public uint? Probes { get; init; }

    /// <summary>The VLAN of a forwarding entry.</summary>
    public ushort? Vlan { get; init; }

    /// <summary>The bridge of a forwarding entry.</summary>
    public IfIndex? Master { get; init; }

    /// <summary>Who made it (Linux 4.20).</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>A neighbour that is set by hand and kept: <c>ip neigh add … nud permanent</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="destination">The IP address.</param>
    /// <param name="mac">The Ethernet address.</param>
    /// <returns>The neighbour.</returns>
    public static NeighbourMessage Permanent(IfIndex link, IPAddress destination, MacAddress mac) =>
        new() { Interface = link, Destination = destination, Mac = mac, State = NeighbourStates.Permanent };

    /// <summary>An address that this host answers for on a link: <c>ip neigh add proxy</c>.</summary>
    /// <param name="link">The link.</param>
    /// <param name="destination">The IP address.</param>
    /// <returns>The neighbour.</returns>
    public static NeighbourMessage Proxy(IfIndex link, IPAddress destination) =>
        new() { Interface = link, Destination = destination, Flags = NeighbourFlags.Proxy, State = NeighbourStates.Permanent };

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new NeighbourHeader
        {
            Family = (byte)Family,
            Index = Interface.Value,
            State = (ushort)State,
            Flags = (byte)Flags,
            Type = (byte)Type,
        });
        writer.WriteAddress(NDA_DST, Destination);
        writer.WriteMac(NDA_LLADDR, Mac);
        writer.WriteUInt32(NDA_PROBES, Probes);
        writer.WriteUInt16(NDA_VLAN, Vlan);
        writer.WriteIndex(NDA_MASTER, Master);
        writer.WriteByte(NDA_PROTOCOL, (byte?)Protocol);
        writer.WriteRaw(Unknown);
    }

    static NeighbourMessage INetlinkMessage<NeighbourMessage>.Read(NetlinkReader reader) => Read(reader);

    internal static NeighbourMessage Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NeighbourHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NDA_PROTOCOL + 1]);
        return new NeighbourMessage
        {
            Family = (IpFamily)header.Family,
            Interface = new(header.Index),
            State = (NeighbourStates)header.State,
            Flags = (NeighbourFlags)header.Flags,
            Type = (RouteType)header.Type,
            Destination = table.Address(NDA_DST),
            Mac = table.Mac(NDA_LLADDR),
            Probes = table.UInt32(NDA_PROBES),
            Vlan = table.UInt16(NDA_VLAN),
            Master = table.Index(NDA_MASTER),
            Protocol = (RouteProtocol?)table.Byte(NDA_PROTOCOL),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The neighbour in the words of <c>ip neigh</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Flags.HasFlag(NeighbourFlags.Proxy))
            text.Append("proxy ");
        if (Destination is not null)
            text.Append(Destination).Append(' ');
        text.Append("dev if").Append(Interface);
        if (Mac is { } mac)
            text.Append(" lladdr ").Append(mac);
        if (State != NeighbourStates.None && !Flags.HasFlag(NeighbourFlags.Proxy))
            text.Append(" nud ").Append(State.ToString().ToLowerInvariant());
        return text.ToString();
    }
}
