using static Terway.Netlink.FilterConstants;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink;

/// <summary>What happens after an action (<c>TC_ACT_*</c>).</summary>
public enum TcControl
{
    /// <summary>As the qdisc says.</summary>
    Unspecified = -1,

    /// <summary>The packet is accepted.</summary>
    Ok = 0,

    /// <summary>The filters start again with the changed packet.</summary>
    Reclassify = 1,

    /// <summary>The packet is dropped.</summary>
    Drop = 2,

    /// <summary>The next action follows.</summary>
    Pipe = 3,

    /// <summary>The packet is gone, without an error for the sender.</summary>
    Stolen = 4,
}

/// <summary>What a filter does with a packet, as after <c>action</c> in <c>tc filter</c>.</summary>
public abstract record FilterAction
{
    /// <summary>The kernel's name of the kind, such as <c>mirred</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What happens after it.</summary>
    public TcControl Control
    {
        get => (TcControl)Header.Control;
        init => Header = Header with { Control = (int)value };
    }

    /// <summary>Settings that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>What else the kernel says of the action, among it the statistics.</summary>
    public RawAttributes Details { get; init; } = RawAttributes.Empty;

    internal TcActionHeader Header { get; init; } = new() { Control = (int)TcControl.Pipe };

    internal static void WriteAll(ref NetlinkWriter writer, ushort type, EquatableArray<FilterAction> actions)
    {
        if (actions.IsEmpty)
            return;
        var list = writer.BeginNested(type);
        ushort order = 1;
        foreach (var action in actions)
        {
            var entry = writer.BeginNested(order++);
            writer.WriteString(TCA_ACT_KIND, action.Name);
            var options = writer.BeginNested(TCA_ACT_OPTIONS | NLA_F_NESTED);
            action.WriteOptions(ref writer);
            writer.WriteRaw(action.Unknown);
            writer.EndNested(options);
            writer.WriteRaw(action.Details);
            writer.EndNested(entry);
        }
        writer.EndNested(list);
    }

    internal static EquatableArray<FilterAction> ReadAll(ref AttributeTable filter, ushort type)
    {
        if (!filter.TryTake(type, out var list))
            return [];
        var actions = new List<FilterAction>();
        var reader = list.Nested;
        while (reader.TryReadAttribute(out var entry))
            actions.Add(Read(entry.Nested));
        return [.. actions];
    }

    private protected abstract void WriteOptions(ref NetlinkWriter writer);

    private static FilterAction Read(NetlinkReader entry)
    {
        var action = new AttributeTable(entry, stackalloc AttributeSlot[TCA_ACT_OPTIONS + 1]);
        var name = action.String(TCA_ACT_KIND) ?? throw NetlinkReader.Malformed("an action without kind");
        var options = new AttributeTable(
            action.TryTake(TCA_ACT_OPTIONS, out var nested) ? nested.Nested : default, stackalloc AttributeSlot[TCA_VLAN_PUSH_VLAN_PRIORITY + 1]);
        FilterAction read = name switch
        {
            MirredAction.KindName => MirredAction.ReadOptions(ref options),
            VlanAction.KindName => VlanAction.ReadOptions(ref options),
            GactAction.KindName => GactAction.ReadOptions(ref options),
            _ => new OtherAction(name),
        };
        return read with { Unknown = options.TakeRest(), Details = action.TakeRest() };
    }

    /// <summary>The action in the words of <c>tc</c>.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => $"{Name} {Control.ToString().ToLowerInvariant()}";
}
