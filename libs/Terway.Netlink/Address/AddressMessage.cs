using System.Net;
using static Terway.Netlink.AddressConstants;

namespace Terway.Netlink;

/// <summary>An address of a link, as in <c>ip address</c> (<c>RTM_NEWADDR</c>).</summary>
public sealed record AddressMessage : INetlinkMessage<AddressMessage>
{
    /// <summary>The link.</summary>
    public required IfIndex Interface { get; init; }

    /// <summary>The address with its prefix length.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>The other end of a point-to-point link; the prefix length is then the peer's.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>The subnet's broadcast address (IPv4). Null in a request sets none, as <c>ip address add</c> without <c>brd</c>.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>The scope; null in a request is <c>host</c> for a loopback address, else global. IPv6 derives it from the address.</summary>
    public RouteScope? Scope { get; init; }

    /// <summary>The flags.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>The label (IPv4): the link's name, or that with a suffix such as <c>eth0:1</c>.</summary>
    public string? Label { get; init; }

    /// <summary>How long it lasts; null in a request is for ever.</summary>
    public AddressLifetimes? Lifetimes { get; init; }

    /// <summary>The metric of the subnet's route.</summary>
    public uint? RoutePriority { get; init; }

    /// <summary>Who made it (<c>IFAPROT_*</c>; Linux 5.18).</summary>
    public byte? Protocol { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>The family.</summary>
    public IpFamily Family => Address.Family;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new AddressHeader
        {
            Family = (byte)Family,
            PrefixLength = (byte)Address.PrefixLength,
            Flags = (uint)Flags > byte.MaxValue ? (byte)0 : (byte)Flags,
            Scope = (byte)(Scope ?? (IPAddress.IsLoopback(Address.Address) ? RouteScope.Host : RouteScope.Universe)),
            Index = Interface.Value,
        });
        writer.WriteAddress(IFA_LOCAL, Address.Address);
        writer.WriteAddress(IFA_ADDRESS, Peer ?? Address.Address);
        writer.WriteAddress(IFA_BROADCAST, Broadcast);
        writer.WriteString(IFA_LABEL, Label);
        writer.WriteUInt32(IFA_FLAGS, (uint)Flags > byte.MaxValue ? (uint)Flags : null);
        if (Lifetimes is { } lifetimes)
            writer.WriteAttributeStruct(IFA_CACHEINFO, lifetimes);
        writer.WriteUInt32(IFA_RT_PRIORITY, RoutePriority);
        writer.WriteByte(IFA_PROTO, Protocol);
        writer.WriteRaw(Unknown);
    }

    static AddressMessage INetlinkMessage<AddressMessage>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<AddressHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[IFA_PROTO + 1]);
        // IFA_ADDRESS is the peer where there is one; without IFA_LOCAL (IPv6) it is the address itself.
        var address = table.Address(IFA_ADDRESS);
        var local = table.Address(IFA_LOCAL) ?? address ?? throw NetlinkReader.Malformed("an address message without address");
        if (header.PrefixLength > IpFamilies.MaxPrefixLength(IpFamilies.Of(local)))
            throw NetlinkReader.Malformed($"a prefix of {header.PrefixLength} bits");
        return new AddressMessage
        {
            Interface = new(header.Index),
            Address = new(local, header.PrefixLength),
            Peer = local.Equals(address) ? null : address,
            Broadcast = table.Address(IFA_BROADCAST),
            Scope = (RouteScope)header.Scope,
            Flags = (AddressFlags)(table.UInt32(IFA_FLAGS) ?? header.Flags),
            Label = table.String(IFA_LABEL),
            Lifetimes = table.Struct<AddressLifetimes>(IFA_CACHEINFO),
            RoutePriority = table.UInt32(IFA_RT_PRIORITY),
            Protocol = table.Byte(IFA_PROTO),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The address in the words of <c>ip address</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Peer is null
        ? $"{Address} dev if{Interface}"
        : $"{Address.Address} peer {Peer}/{Address.PrefixLength} dev if{Interface}";
}
