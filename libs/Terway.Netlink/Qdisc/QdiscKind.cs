using static Terway.Netlink.TcConstants;

namespace Terway.Netlink;

/// <summary>The kind of a qdisc with its settings, as after the handle in <c>tc qdisc add</c>.</summary>
public abstract record QdiscKind
{
    /// <summary>The kernel's name of the kind, such as <c>tbf</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Settings that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal void Write(ref NetlinkWriter writer)
    {
        writer.WriteString(TCA_KIND, Name);
        WriteOptions(ref writer);
    }

    internal static QdiscKind? Read(ref AttributeTable message)
    {
        if (message.String(TCA_KIND) is not { } name)
            return null;
        var present = message.TryTake(TCA_OPTIONS, out var options);
        return name switch
        {
            TbfQdisc.KindName => TbfQdisc.ReadOptions(present ? options.Nested : default),
            HtbQdisc.KindName => HtbQdisc.ReadOptions(present ? options.Nested : default),
            PrioQdisc.KindName => PrioQdisc.ReadOptions(present, options),
            ClsactQdisc.KindName => new ClsactQdisc(),
            IngressQdisc.KindName => new IngressQdisc(),
            MqQdisc.KindName => new MqQdisc(),
            FqQdisc.KindName => new FqQdisc { Unknown = Raw(present, options) },
            _ => new OtherQdisc(name) { Unknown = Raw(present, options) },
        };
    }

    /// <summary>Without settings the attribute is left out: the kernel takes its defaults.</summary>
    private protected virtual void WriteOptions(ref NetlinkWriter writer)
    {
        if (!Unknown.IsEmpty)
            writer.WriteBytes(TCA_OPTIONS, Unknown.Bytes.Span);
    }

    private static RawAttributes Raw(bool present, NetlinkAttribute options) =>
        present && !options.Payload.IsEmpty ? new(options.Payload.ToArray()) : RawAttributes.Empty;

    /// <summary>The kind in the words of <c>tc</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
