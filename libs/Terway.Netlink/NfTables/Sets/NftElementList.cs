using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Elements of one set (<c>NFT_MSG_NEWSETELEM</c>), as a notification tells of them.</summary>
public sealed record NftElementList : INetlinkMessage<NftElementList>
{
    /// <summary>The set.</summary>
    public required NftSetKey Set { get; init; }

    /// <summary>The elements.</summary>
    public EquatableArray<NftElement> Elements { get; init; }

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        WriteSet(ref writer, Set);
        if (!Elements.IsEmpty)
        {
            var list = writer.BeginNested(NFTA_SET_ELEM_LIST_ELEMENTS);
            foreach (ref readonly var element in Elements.AsSpan())
                element.Write(ref writer);
            writer.EndNested(list);
        }
        writer.WriteRaw(Unknown);
    }

    static NftElementList INetlinkMessage<NftElementList>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_SET_ELEM_LIST_SET_ID + 1]);
        var key = new NftTableKey((NftFamily)header.Family, table.RequiredString(NFTA_SET_ELEM_LIST_TABLE));
        var elements = new List<NftElement>();
        if (table.TryTake(NFTA_SET_ELEM_LIST_ELEMENTS, out var list))
        {
            var entries = list.Nested;
            while (entries.TryReadAttribute(out var entry))
                elements.Add(NftElement.Read(entry.Nested));
        }
        return new()
        {
            Set = new(key, table.RequiredString(NFTA_SET_ELEM_LIST_SET), table.UInt32BigEndian(NFTA_SET_ELEM_LIST_SET_ID)),
            Elements = [.. elements],
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>What stands before the elements.</summary>
    internal static void WriteSet(ref NetlinkWriter writer, NftSetKey set)
    {
        writer.WriteStruct(NetfilterHeader.Of(set.Table.Family));
        writer.WriteString(NFTA_SET_ELEM_LIST_TABLE, set.Table.Name);
        writer.WriteString(NFTA_SET_ELEM_LIST_SET, set.Name);
        writer.WriteUInt32BigEndian(NFTA_SET_ELEM_LIST_SET_ID, set.Id);
    }

    /// <summary>The set and the number of elements.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Set} ({Elements.Count} elements)";
}
