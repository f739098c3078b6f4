namespace Terway.Netlink;

/// <summary>A queueing discipline of a link, as in <c>tc qdisc</c> (<c>RTM_NEWQDISC</c>).</summary>
public sealed record QdiscMessage : INetlinkMessage<QdiscMessage>
{
    /// <summary>The link.</summary>
    public required IfIndex Interface { get; init; }

    /// <summary>Where it is attached: <see cref="TcHandle.Root"/>, <see cref="TcHandle.Ingress"/>, or a class.</summary>
    public TcHandle Parent { get; init; } = TcHandle.Root;

    /// <summary>Its handle; none lets the kernel choose.</summary>
    public TcHandle Handle { get; init; }

    /// <summary>The kind with its settings; null in a request to delete.</summary>
    public QdiscKind? Kind { get; init; }

    /// <summary>The reference count. Read only.</summary>
    public uint References { get; init; }

    /// <summary>Attributes that have no name here, among them the statistics.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>The qdisc that filters of both ways are attached to: <c>tc qdisc add dev … clsact</c>.</summary>
    /// <param name="link">The link.</param>
    /// <returns>The qdisc.</returns>
    public static QdiscMessage Clsact(IfIndex link) =>
        new() { Interface = link, Parent = TcHandle.Ingress, Handle = TcHandle.Of(0xFFFF), Kind = new ClsactQdisc() };

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new TcHeader { Index = Interface.Value, Handle = Handle.Value, Parent = Parent.Value, Info = References });
        Kind?.Write(ref writer);
        writer.WriteRaw(Unknown);
    }

    static QdiscMessage INetlinkMessage<QdiscMessage>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<TcHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[TcConstants.TCA_OPTIONS + 1]);
        return new QdiscMessage
        {
            Interface = new(header.Index),
            Handle = new(header.Handle),
            Parent = new(header.Parent),
            References = header.Info,
            Kind = QdiscKind.Read(ref table),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The qdisc in the words of <c>tc qdisc</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{(Kind is null ? string.Empty : $"{Kind.Name} ")}{Handle} dev if{Interface} {(Parent == TcHandle.Root ? "root" : $"parent {Parent}")}";
}
