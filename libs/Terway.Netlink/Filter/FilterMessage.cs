using System.Net;
using static Terway.Netlink.TcConstants;

namespace Terway.Netlink;

/// <summary>A filter of a link's packets, as in <c>tc filter</c> (<c>RTM_NEWTFILTER</c>).</summary>
public sealed record FilterMessage : INetlinkMessage<FilterMessage>
{
    /// <summary>The link.</summary>
    public required IfIndex Interface { get; init; }

    /// <summary>Where it is attached: <see cref="TcHandle.ClsactIngress"/>, <see cref="TcHandle.ClsactEgress"/>, or a qdisc or class.</summary>
    public TcHandle Parent { get; init; }

    /// <summary>Its handle, in the kind's own form; 0 lets the kernel choose.</summary>
    public uint Handle { get; init; }

    /// <summary>The priority (<c>pref</c>); lower ones are asked first. One priority holds filters of one protocol and kind. 0 lets the kernel choose.</summary>
    public ushort Priority { get; init; }

    /// <summary>The protocol of packets.</summary>
    public EtherType Protocol { get; init; } = EtherType.All;

    /// <summary>The chain; null is 0.</summary>
    public uint? Chain { get; init; }

    /// <summary>The kind with its settings; null in a request to delete whatever has the priority.</summary>
    public FilterKind? Kind { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new TcHeader
        {
            Index = Interface.Value,
            Handle = Handle,
            Parent = Parent.Value,
            Info = (uint)Priority << 16 | (ushort)IPAddress.HostToNetworkOrder((short)Protocol),
        });
        Kind?.Write(ref writer);
        writer.WriteUInt32(TCA_CHAIN, Chain);
        writer.WriteRaw(Unknown);
    }

    static FilterMessage INetlinkMessage<FilterMessage>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<TcHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[TCA_CHAIN + 1]);
        return new FilterMessage
        {
            Interface = new(header.Index),
            Handle = header.Handle,
            Parent = new(header.Parent),
            Priority = (ushort)(header.Info >> 16),
            Protocol = (EtherType)(ushort)IPAddress.NetworkToHostOrder((short)header.Info),
            Kind = FilterKind.Read(ref table),
            Chain = table.UInt32(TCA_CHAIN),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The filter in the words of <c>tc filter</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"dev if{Interface} parent {Parent} pref {Priority} protocol {Protocol.ToString().ToLowerInvariant()}{(Kind is null ? string.Empty : $" {Kind}")}";
}
