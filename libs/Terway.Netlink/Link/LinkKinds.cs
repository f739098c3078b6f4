using System.Runtime.CompilerServices;
using static Terway.Netlink.LinkConstants;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>A pair of links, each the other's wire.</summary>
public sealed record VethKind : LinkKind
{
    internal const string KindName = "veth";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>When creating, the other end: its name, address, MTU, index and namespace. Null when read: see <see cref="LinkMessage.Parent"/>.</summary>
    public LinkMessage? Peer { get; init; }

    private protected override bool HasData => Peer is not null || base.HasData;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        if (Peer is null)
            return;
        var peer = writer.BeginNested(VETH_INFO_PEER | NLA_F_NESTED);
        ((INetlinkRequest)Peer).Write(ref writer, RtnetlinkConstants.RTM_NEWLINK);
        writer.EndNested(peer);
    }

    internal static VethKind ReadData(ref AttributeTable data)
    {
        if (!data.TryTake(VETH_INFO_PEER, out var peer))
            return new();
        // A peer is a link, which may have a peer: only the length of the message bounds how deep.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw NetlinkReader.Malformed("peers of peers without end");
        return new() { Peer = LinkMessage.Read(peer.Nested) };
    }
}

/// <summary>An Ethernet bridge.</summary>
public sealed record BridgeKind : LinkKind
{
    internal const string KindName = "bridge";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>How long a port listens and learns before it forwards, in hundredths of a second; used with spanning tree.</summary>
    public uint? ForwardDelay { get; init; }

    /// <summary>Spanning tree: 0 is off.</summary>
    public uint? SpanningTree { get; init; }

    /// <summary>VLAN filtering: 0 is off.</summary>
    public byte? VlanFiltering { get; init; }

    private protected override bool HasData => (ForwardDelay, SpanningTree, VlanFiltering) is not (null, null, null) || base.HasData;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt32(IFLA_BR_FORWARD_DELAY, ForwardDelay);
        writer.WriteUInt32(IFLA_BR_STP_STATE, SpanningTree);
        writer.WriteByte(IFLA_BR_VLAN_FILTERING, VlanFiltering);
    }

    internal static BridgeKind ReadData(ref AttributeTable data) => new()
    {
        ForwardDelay = data.UInt32(IFLA_BR_FORWARD_DELAY),
        SpanningTree = data.UInt32(IFLA_BR_STP_STATE),
        VlanFiltering = data.Byte(IFLA_BR_VLAN_FILTERING),
    };
}

/// <summary>A link for the tagged packets of another one (<c>type vlan id N</c>).</summary>
public sealed record VlanKind : LinkKind
{
    internal const string KindName = "vlan";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override bool IsStacked => true;

    /// <summary>The VLAN id, 1 to 4094.</summary>
    public ushort? Id { get; init; }

    /// <summary>The tag's ethertype: 0x8100 (802.1Q, the default) or 0x88a8 (802.1ad).</summary>
    public ushort? Protocol { get; init; }

    private protected override bool HasData => true;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt16(IFLA_VLAN_ID, Id);
        writer.WriteUInt16BigEndian(IFLA_VLAN_PROTOCOL, Protocol);
    }

    internal static VlanKind ReadData(ref AttributeTable data) => new()
    {
        Id = data.UInt16(IFLA_VLAN_ID),
        Protocol = data.UInt16BigEndian(IFLA_VLAN_PROTOCOL),
    };
}

/// <summary>A link that shares the Ethernet address of its parent.</summary>
public sealed record IpvlanKind : LinkKind
{
    internal const string KindName = "ipvlan";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override bool IsStacked => true;

    /// <summary>The mode: 0 is l2, 1 l3, 2 l3s.</summary>
    public ushort? Mode { get; init; }

    /// <summary>Flags: 0 is bridge, 1 private, 2 vepa.</summary>
    public ushort? Flags { get; init; }

    private protected override bool HasData => true;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteUInt16(IFLA_IPVLAN_MODE, Mode);
        writer.WriteUInt16(IFLA_IPVLAN_FLAGS, Flags);
    }

    internal static IpvlanKind ReadData(ref AttributeTable data) => new()
    {
        Mode = data.UInt16(IFLA_IPVLAN_MODE),
        Flags = data.UInt16(IFLA_IPVLAN_FLAGS),
    };
}

/// <summary>A link with an Ethernet address of its own on its parent's wire.</summary>
public sealed record MacvlanKind : LinkKind
{
    internal const string KindName = "macvlan";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override bool IsStacked => true;

    /// <summary>The mode: 1 is private, 2 vepa, 4 bridge, 8 passthru.</summary>
    public uint? Mode { get; init; }

    private protected override bool HasData => true;

    private protected override void WriteData(ref NetlinkWriter writer) => writer.WriteUInt32(IFLA_MACVLAN_MODE, Mode);

    internal static MacvlanKind ReadData(ref AttributeTable data) => new() { Mode = data.UInt32(IFLA_MACVLAN_MODE) };
}

/// <summary>A link that drops what is sent.</summary>
public sealed record DummyKind : LinkKind
{
    internal const string KindName = "dummy";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>A link to redirect packets through for shaping (intermediate functional block).</summary>
public sealed record IfbKind : LinkKind
{
    internal const string KindName = "ifb";

    /// <inheritdoc/>
    public override string Name => KindName;
}

/// <summary>A kind that has no type here; its settings are in <see cref="LinkKind.Unknown"/>.</summary>
/// <param name="kind">The kernel's name of the kind.</param>
public sealed record OtherKind(string kind) : LinkKind
{
    /// <inheritdoc/>
    public override string Name => kind;
}
