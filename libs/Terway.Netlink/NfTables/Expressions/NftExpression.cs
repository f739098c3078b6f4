using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>One step of a rule: it loads, compares, looks up, decides or acts (<c>NFTA_EXPR_*</c>).</summary>
public abstract record NftExpression
{
    // Of the expressions read here, the bitwise one has the highest attribute number.
    private const int MaxAttribute = BitwiseAttributes;
    private const int BitwiseAttributes = 8;

    /// <summary>The kernel's name of the kind, such as <c>cmp</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Settings that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal static void WriteAll(ref NetlinkWriter writer, ushort type, EquatableArray<NftExpression> expressions)
    {
        if (expressions.IsEmpty)
            return;
        var list = writer.BeginNested(type);
        foreach (var expression in expressions)
        {
            var entry = writer.BeginNested(NFTA_LIST_ELEM);
            writer.WriteString(NFTA_EXPR_NAME, expression.Name);
            var data = writer.BeginNested(NFTA_EXPR_DATA);
            expression.WriteData(ref writer);
            writer.WriteRaw(expression.Unknown);
            if (expression.HasData)
                writer.EndNested(data);
            else
                writer.EndNestedUnlessEmpty(data);
            writer.EndNested(entry);
        }
        writer.EndNested(list);
    }

    internal static EquatableArray<NftExpression> ReadAll(ref AttributeTable rule, ushort type)
    {
        if (!rule.TryTake(type, out var list))
            return [];
        var expressions = new List<NftExpression>();
        var reader = list.Nested;
        while (reader.TryReadAttribute(out var entry))
            expressions.Add(Read(entry.Nested));
        return [.. expressions];
    }

    /// <summary>Whether it has settings at all; without them the attribute for them is left out.</summary>
    private protected virtual bool HasData => true;

    private protected abstract void WriteData(ref NetlinkWriter writer);

    private static NftExpression Read(NetlinkReader entry)
    {
        var expression = new AttributeTable(entry, stackalloc AttributeSlot[NFTA_EXPR_DATA + 1]);
        var name = expression.RequiredString(NFTA_EXPR_NAME);
        var hasData = expression.TryTake(NFTA_EXPR_DATA, out var nested);
        var data = new AttributeTable(hasData ? nested.Nested : default, stackalloc AttributeSlot[MaxAttribute + 1]);
        var read = ReadKind(name, ref data) ?? new NftOtherExpression(name) { HasSettings = hasData };
        return data.TakeRest() is { IsEmpty: false } rest ? read with { Unknown = rest } : read;
    }

    private static NftExpression? ReadKind(string name, ref AttributeTable data) => name switch
    {
        NftMeta.KindName => NftMeta.ReadData(ref data),
        NftPayload.KindName => NftPayload.ReadData(ref data),
        NftCompare.KindName => NftCompare.ReadData(ref data),
        NftRange.KindName => NftRange.ReadData(ref data),
        NftBitwise.KindName => NftBitwise.ReadData(ref data),
        NftByteOrder.KindName => NftByteOrder.ReadData(ref data),
        NftLookup.KindName => NftLookup.ReadData(ref data),
        NftImmediate.KindName => NftImmediate.ReadData(ref data),
        NftConntrack.KindName => NftConntrack.ReadData(ref data),
        NftCounter.KindName => NftCounter.ReadData(ref data),
        NftLog.KindName => NftLog.ReadData(ref data),
        NftLimit.KindName => NftLimit.ReadData(ref data),
        NftFib.KindName => NftFib.ReadData(ref data),
        NftReject.KindName => NftReject.ReadData(ref data),
        _ => null,
    };
}
