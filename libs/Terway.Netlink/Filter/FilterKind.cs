using static Terway.Netlink.TcConstants;

namespace Terway.Netlink;

/// <summary>The kind of a filter with its settings, as after the protocol in <c>tc filter add</c>.</summary>
public abstract record FilterKind
{
    /// <summary>The kernel's name of the kind, such as <c>u32</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Settings that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal void Write(ref NetlinkWriter writer)
    {
        writer.WriteString(TCA_KIND, Name);
        var options = writer.BeginNested(TCA_OPTIONS);
        WriteOptions(ref writer);
        writer.WriteRaw(Unknown);
        writer.EndNestedUnlessEmpty(options);
    }

    internal static FilterKind? Read(ref AttributeTable message)
    {
        if (message.String(TCA_KIND) is not { } name)
            return null;
        var options = new AttributeTable(
            message.TryTake(TCA_OPTIONS, out var nested) ? nested.Nested : default,
            stackalloc AttributeSlot[FilterConstants.TCA_BPF_ID + 1]);
        FilterKind kind = name switch
        {
            U32Filter.KindName => U32Filter.ReadOptions(ref options),
            BpfFilter.KindName => BpfFilter.ReadOptions(ref options),
            _ => new OtherFilter(name),
        };
        return kind with { Unknown = options.TakeRest() };
    }

    private protected virtual void WriteOptions(ref NetlinkWriter writer)
    {
    }

    /// <summary>The kind in the words of <c>tc</c>.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => Name;
}

/// <summary>A kind that has no type here; its settings are in <see cref="FilterKind.Unknown"/>.</summary>
/// <param name="kind">The kernel's name of the kind.</param>
public sealed record OtherFilter(string kind) : FilterKind
{
    /// <inheritdoc/>
    public override string Name => kind;
}
