using static Terway.Netlink.LinkConstants;

namespace Terway.Netlink;

/// <summary>The kind of a virtual link with its settings, as after <c>type</c> in <c>ip link add</c>.</summary>
public abstract record LinkKind
{
    /// <summary>The kernel's name of the kind, such as <c>veth</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Settings that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>Whether links of this kind are stacked on another link of the same hardware (ipvlan, vlan, macvlan).</summary>
    public virtual bool IsStacked => false;

    internal void Write(ref NetlinkWriter writer)
    {
        writer.WriteString(IFLA_INFO_KIND, Name);
        if (!HasData)
            return;
        var data = writer.BeginNested(IFLA_INFO_DATA);
        WriteData(ref writer);
        writer.WriteRaw(Unknown);
        writer.EndNested(data);
    }

    /// <summary>Reads the kind of a link; null for a physical one.</summary>
    internal static LinkKind? Read(ref AttributeTable info)
    {
        var name = info.String(IFLA_INFO_KIND);
        if (name is null)
            return null;
        var data = info.TryTake(IFLA_INFO_DATA, out var attribute) ? attribute.Nested : default;
        var table = new AttributeTable(data, stackalloc AttributeSlot[IFLA_BR_VLAN_FILTERING + 1]);
        LinkKind kind = name switch
        {
            VethKind.KindName => VethKind.ReadData(ref table),
            BridgeKind.KindName => BridgeKind.ReadData(ref table),
            VlanKind.KindName => VlanKind.ReadData(ref table),
            IpvlanKind.KindName => IpvlanKind.ReadData(ref table),
            MacvlanKind.KindName => MacvlanKind.ReadData(ref table),
            DummyKind.KindName => new DummyKind(),
            IfbKind.KindName => new IfbKind(),
            _ => new OtherKind(name),
        };
        return kind with { Unknown = table.TakeRest() };
    }

    private protected virtual bool HasData => !Unknown.IsEmpty;

    private protected virtual void WriteData(ref NetlinkWriter writer)
    {
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
