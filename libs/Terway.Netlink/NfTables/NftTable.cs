using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A table, as in <c>nft add table</c> (<c>NFT_MSG_NEWTABLE</c>).</summary>
public sealed record NftTable : INetlinkMessage<NftTable>
{
    /// <summary>Family and name.</summary>
    public required NftTableKey Key { get; init; }

    /// <summary>The flags; null leaves them to the kernel, which has none then.</summary>
    public NftTableFlags? Flags { get; init; }

    /// <summary>The kernel's number of the table. Read only.</summary>
    public ulong? Handle { get; init; }

    /// <summary>The number of chains, sets and objects in it. Read only.</summary>
    public uint? UseCount { get; init; }

    /// <summary>The netlink port that owns it. Read only.</summary>
    public uint? Owner { get; init; }

    /// <summary>The comment: up to <see cref="NftUserData.MaxCommentLength"/> bytes (Linux 5.10).</summary>
    public string? Comment
    {
        get => UserData.Text(NFTNL_UDATA_COMMENT);
        init => UserData = UserData.With(NFTNL_UDATA_COMMENT, value);
    }

    /// <summary>What a program keeps with it, the comment included.</summary>
    public NftUserData UserData { get; init; } = NftUserData.Empty;

    /// <summary>Attributes that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(Key.Family));
        writer.WriteString(NFTA_TABLE_NAME, Key.Name);
        writer.WriteUInt32BigEndian(NFTA_TABLE_FLAGS, (uint?)Flags);
        writer.WriteUInt32BigEndian(NFTA_TABLE_USE, UseCount);
        writer.WriteUInt64BigEndian(NFTA_TABLE_HANDLE, Handle);
        UserData.Write(ref writer, NFTA_TABLE_USERDATA);
        writer.WriteUInt32BigEndian(NFTA_TABLE_OWNER, Owner);
        writer.WriteRaw(Unknown);
    }

    static NftTable INetlinkMessage<NftTable>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_TABLE_OWNER + 1]);
        return new()
        {
            Key = new((NftFamily)header.Family, table.RequiredString(NFTA_TABLE_NAME)),
            Flags = (NftTableFlags?)table.UInt32BigEndian(NFTA_TABLE_FLAGS),
            UseCount = table.UInt32BigEndian(NFTA_TABLE_USE),
            Handle = table.UInt64BigEndian(NFTA_TABLE_HANDLE),
            UserData = NftUserData.Read(ref table, NFTA_TABLE_USERDATA),
            Owner = table.UInt32BigEndian(NFTA_TABLE_OWNER),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The table in the words of <c>nft</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Key.ToString();
}
