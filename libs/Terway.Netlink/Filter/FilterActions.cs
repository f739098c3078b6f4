using static Terway.Netlink.FilterConstants;

namespace Terway.Netlink;

/// <summary>Where <see cref="MirredAction"/> sends packets (<c>TCA_EGRESS_*</c>, <c>TCA_INGRESS_*</c>).</summary>
public enum MirredDirection
{
    /// <summary>Out through a link, instead of here.</summary>
    EgressRedirect = 1,

    /// <summary>Out through a link, a copy.</summary>
    EgressMirror = 2,

    /// <summary>In through a link, instead of here.</summary>
    IngressRedirect = 3,

    /// <summary>In through a link, a copy.</summary>
    IngressMirror = 4,
}

/// <summary>Sends packets through another link: <c>mirred</c>.</summary>
public sealed record MirredAction : FilterAction
{
    internal const string KindName = "mirred";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The way.</summary>
    public required MirredDirection Direction { get; init; }

    /// <summary>The link.</summary>
    public required IfIndex Interface { get; init; }

    private protected override void WriteOptions(ref NetlinkWriter writer) => writer.WriteAttributeStruct(
        TCA_MIRRED_PARMS, new TcMirred { Header = Header, Direction = (int)Direction, Index = Interface.Value });

    internal static MirredAction ReadOptions(ref AttributeTable options)
    {
        var parameters = options.Struct<TcMirred>(TCA_MIRRED_PARMS) ?? default;
        return new()
        {
            Header = parameters.Header,
            Direction = (MirredDirection)parameters.Direction,
            Interface = new(parameters.Index),
        };
    }
}

/// <summary>What <see cref="VlanAction"/> does with the tag (<c>TCA_VLAN_ACT_*</c>).</summary>
public enum VlanOperation
{
    /// <summary>Takes it off.</summary>
    Pop = 1,

    /// <summary>Puts one on.</summary>
    Push = 2,

    /// <summary>Changes it.</summary>
    Modify = 3,
}

/// <summary>Puts a VLAN tag on packets or takes it off: <c>vlan</c>.</summary>
public sealed record VlanAction : FilterAction
{
    internal const string KindName = "vlan";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What is done.</summary>
    public required VlanOperation Operation { get; init; }

    /// <summary>The VLAN id to put on.</summary>
    public ushort? Id { get; init; }

    /// <summary>The tag's ethertype; null when pushing is 802.1Q.</summary>
    public ushort? Protocol { get; init; }

    /// <summary>The tag's priority.</summary>
    public byte? Priority { get; init; }

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        writer.WriteAttributeStruct(TCA_VLAN_PARMS, new TcVlan { Header = Header, Operation = (int)Operation });
        writer.WriteUInt16(TCA_VLAN_PUSH_VLAN_ID, Id);
        writer.WriteUInt16BigEndian(TCA_VLAN_PUSH_VLAN_PROTOCOL, Protocol);
        writer.WriteByte(TCA_VLAN_PUSH_VLAN_PRIORITY, Priority);
    }

    internal static VlanAction ReadOptions(ref AttributeTable options)
    {
        var parameters = options.Struct<TcVlan>(TCA_VLAN_PARMS) ?? default;
        return new()
        {
            Header = parameters.Header,
            Operation = (VlanOperation)parameters.Operation,
            Id = options.UInt16(TCA_VLAN_PUSH_VLAN_ID),
            Protocol = options.UInt16BigEndian(TCA_VLAN_PUSH_VLAN_PROTOCOL),
            Priority = options.Byte(TCA_VLAN_PUSH_VLAN_PRIORITY),
        };
    }
}

/// <summary>Only decides what happens next: <c>action drop</c>, <c>action ok</c>.</summary>
public sealed record GactAction : FilterAction
{
    internal const string KindName = "gact";

    /// <inheritdoc/>
    public override string Name => KindName;

    private protected override void WriteOptions(ref NetlinkWriter writer) =>
        writer.WriteAttributeStruct(TCA_GACT_PARMS, Header);

    internal static GactAction ReadOptions(ref AttributeTable options) =>
        new() { Header = options.Struct<TcActionHeader>(TCA_GACT_PARMS) ?? default };
}

/// <summary>A kind that has no type here; its settings are in <see cref="FilterAction.Unknown"/>.</summary>
/// <param name="kind">The kernel's name of the kind.</param>
public sealed record OtherAction(string kind) : FilterAction
{
    /// <inheritdoc/>
    public override string Name => kind;

    private protected override void WriteOptions(ref NetlinkWriter writer)
    {
        // All settings are among the unknown ones, which the caller writes.
    }
}
