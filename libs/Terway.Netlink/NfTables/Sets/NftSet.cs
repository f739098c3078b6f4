using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A set or map, as in <c>nft add set</c> and <c>nft add map</c> (<c>NFT_MSG_NEWSET</c>).</summary>
public sealed record NftSet : INetlinkMessage<NftSet>
{
    /// <summary>Table and name.</summary>
    public required NftSetKey Key { get; init; }

    /// <summary>The type of the keys.</summary>
    public required NftDataType KeyType { get; init; }

    /// <summary>The length of a key in bytes; by itself the type's.</summary>
    public int KeyLength
    {
        get => field != 0 ? field : KeyType.Length;
        init;
    }

    /// <summary>The flags.</summary>
    public NftSetFlags Flags
    {
        get => (field & NftSetFlags.Interval) != NftSetFlags.None && KeyType.IsConcatenation ? field | NftSetFlags.Concatenation : field;
        init;
    }

    /// <summary>The type of a map's data; null for a set.</summary>
    public NftDataType? DataType { get; init; }

    /// <summary>The length of a map's data in bytes; by itself the type's, and null for a set and for verdicts.</summary>
    public int? DataLength
    {
        get => field ?? (DataType is { Length: > 0 } type ? type.Length : null);
        init;
    }

    /// <summary>The lengths of a concatenation's fields in bytes, before they are filled up, where it holds intervals; by themselves the type's.</summary>
    public EquatableArray<uint> FieldLengths
    {
        get => field.IsEmpty && Flags.HasFlag(NftSetFlags.Concatenation) ? LengthsOf(KeyType) : field;
        init;
    }

    /// <summary>The most elements; null is without a limit. An element too many is refused with <c>ENFILE</c>.</summary>
    public uint? Size { get; init; }

    /// <summary>What to save, time (0) or memory (1); null is time.</summary>
    public uint? Policy { get; init; }

    /// <summary>The time that elements stay, in milliseconds' precision.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often expired elements are removed, in milliseconds' precision.</summary>
    public TimeSpan? GarbageCollectionInterval { get; init; }

    /// <summary>The kernel's number of the set. Read only.</summary>
    public ulong? Handle { get; init; }

    /// <summary>The comment: up to <see cref="NftUserData.MaxCommentLength"/> bytes (Linux 5.10).</summary>
    public string? Comment
    {
        get => UserData.Text(NFTNL_UDATA_SET_COMMENT);
        init => UserData = UserData.With(NFTNL_UDATA_SET_COMMENT, value);
    }

    /// <summary>What a program keeps with it, the comment included.</summary>
    public NftUserData UserData { get; init; } = NftUserData.Empty;

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(Key.Table.Family));
        writer.WriteString(NFTA_SET_TABLE, Key.Table.Name);
        writer.WriteString(NFTA_SET_NAME, Key.Name);
        writer.WriteUInt32BigEndian(NFTA_SET_FLAGS, (uint)Flags);
        writer.WriteUInt32BigEndian(NFTA_SET_KEY_TYPE, KeyType.Id);
        writer.WriteUInt32BigEndian(NFTA_SET_KEY_LEN, (uint)KeyLength);
        writer.WriteUInt32BigEndian(NFTA_SET_DATA_TYPE, DataType?.Id);
        writer.WriteUInt32BigEndian(NFTA_SET_DATA_LEN, (uint?)DataLength);
        writer.WriteUInt32BigEndian(NFTA_SET_POLICY, Policy);
        WriteDescription(ref writer);
        // Without an id the kernel does not look for a set among those that this transaction adds; it wants one all the same.
        writer.WriteUInt32BigEndian(NFTA_SET_ID, Key.Id ?? (Handle is null ? 0 : null));
        writer.WriteUInt64BigEndian(NFTA_SET_TIMEOUT, (ulong?)Timeout?.TotalMilliseconds);
        writer.WriteUInt32BigEndian(NFTA_SET_GC_INTERVAL, (uint?)GarbageCollectionInterval?.TotalMilliseconds);
        WithByteOrder(UserData).Write(ref writer, NFTA_SET_USERDATA);
        writer.WriteUInt64BigEndian(NFTA_SET_HANDLE, Handle);
        writer.WriteRaw(Unknown);
    }

    static NftSet INetlinkMessage<NftSet>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_SET_HANDLE + 1]);
        var description = new AttributeTable(
            table.TryTake(NFTA_SET_DESC, out var nested) ? nested.Nested : default, stackalloc AttributeSlot[NFTA_SET_DESC_CONCAT + 1]);
        var key = new NftTableKey((NftFamily)header.Family, table.RequiredString(NFTA_SET_TABLE));
        return new()
        {
            Key = new(key, table.RequiredString(NFTA_SET_NAME), table.UInt32BigEndian(NFTA_SET_ID) is > 0 and var id ? id : null),
            KeyType = new(table.UInt32BigEndian(NFTA_SET_KEY_TYPE) ?? 0),
            KeyLength = (int)(table.UInt32BigEndian(NFTA_SET_KEY_LEN) ?? 0),
            Flags = (NftSetFlags)(table.UInt32BigEndian(NFTA_SET_FLAGS) ?? 0),
            DataType = table.UInt32BigEndian(NFTA_SET_DATA_TYPE) is { } type ? new NftDataType(type) : null,
            DataLength = (int?)table.UInt32BigEndian(NFTA_SET_DATA_LEN),
            Policy = table.UInt32BigEndian(NFTA_SET_POLICY),
            Size = description.UInt32BigEndian(NFTA_SET_DESC_SIZE),
            FieldLengths = ReadFields(ref description),
            Timeout = NftElement.Milliseconds(table.UInt64BigEndian(NFTA_SET_TIMEOUT)),
            GarbageCollectionInterval = NftElement.Milliseconds(table.UInt32BigEndian(NFTA_SET_GC_INTERVAL)),
            UserData = NftUserData.Read(ref table, NFTA_SET_USERDATA),
            Handle = table.UInt64BigEndian(NFTA_SET_HANDLE),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>Tells nft, which otherwise shows numbers and names of links backwards, that keys are in the host's order.</summary>
    private NftUserData WithByteOrder(NftUserData data) =>
        KeyType.IsHostOrder && !data.TryGet(NFTNL_UDATA_SET_KEYBYTEORDER, out _) ? data.With(NFTNL_UDATA_SET_KEYBYTEORDER, BYTEORDER_HOST_ENDIAN) : data;

    private void WriteDescription(ref NetlinkWriter writer)
    {
        var description = writer.BeginNested(NFTA_SET_DESC);
        writer.WriteUInt32BigEndian(NFTA_SET_DESC_SIZE, Size);
        if (FieldLengths is { IsEmpty: false } lengths)
        {
            var fields = writer.BeginNested(NFTA_SET_DESC_CONCAT);
            foreach (var length in lengths)
            {
                var field = writer.BeginNested(NFTA_LIST_ELEM);
                writer.WriteUInt32BigEndian(NFTA_SET_FIELD_LEN, length);
                writer.EndNested(field);
            }
            writer.EndNested(fields);
        }
        writer.EndNestedUnlessEmpty(description);
    }

    private static EquatableArray<uint> ReadFields(ref AttributeTable description)
    {
        if (!description.TryTake(NFTA_SET_DESC_CONCAT, out var concat))
            return [];
        var lengths = new List<uint>();
        var fields = concat.Nested;
        while (fields.TryReadAttribute(out var field))
        {
            if (field.Nested.Find(NFTA_SET_FIELD_LEN, out var length))
                lengths.Add(length.ReadUInt32BigEndian());
        }
        return [.. lengths];
    }

    private static EquatableArray<uint> LengthsOf(NftDataType type)
    {
        var lengths = new List<uint>();
        foreach (var field in type.Fields)
            lengths.Add((uint)field.Length);
        return [.. lengths];
    }

    /// <summary>The set in the words of <c>nft</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Key.ToString();
}
