using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A chain, as in <c>nft add chain</c> (<c>NFT_MSG_NEWCHAIN</c>): one that rules jump to, or a base chain.</summary>
public sealed record NftChain : INetlinkMessage<NftChain>
{
    /// <summary>Table and name; a name has up to 127 bytes.</summary>
    public required NftChainKey Key { get; init; }

    /// <summary>Where it sees packets; null for a chain that sees them only when a rule jumps to it.</summary>
    public NftBaseChain? Base { get; init; }

    /// <summary>The kernel's number of the chain. Read only.</summary>
    public ulong? Handle { get; init; }

    /// <summary>The kernel's flags (<c>NFT_CHAIN_*</c>). Read only.</summary>
    public uint? Flags { get; init; }

    /// <summary>The number of its rules and of the jumps to it. Read only.</summary>
    public uint? UseCount { get; init; }

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
        writer.WriteStruct(NetfilterHeader.Of(Key.Table.Family));
        writer.WriteString(NFTA_CHAIN_TABLE, Key.Table.Name);
        writer.WriteUInt64BigEndian(NFTA_CHAIN_HANDLE, Handle);
        writer.WriteString(NFTA_CHAIN_NAME, Key.Name);
        Base?.Write(ref writer);
        writer.WriteUInt32BigEndian(NFTA_CHAIN_USE, UseCount);
        writer.WriteUInt32BigEndian(NFTA_CHAIN_FLAGS, Flags);
        UserData.Write(ref writer, NFTA_CHAIN_USERDATA);
        writer.WriteRaw(Unknown);
    }

    static NftChain INetlinkMessage<NftChain>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_CHAIN_USERDATA + 1]);
        return new()
        {
            Key = new(new((NftFamily)header.Family, table.RequiredString(NFTA_CHAIN_TABLE)), table.RequiredString(NFTA_CHAIN_NAME)),
            Base = NftBaseChain.Read(ref table),
            Handle = table.UInt64BigEndian(NFTA_CHAIN_HANDLE),
            Flags = table.UInt32BigEndian(NFTA_CHAIN_FLAGS),
            UseCount = table.UInt32BigEndian(NFTA_CHAIN_USE),
            UserData = NftUserData.Read(ref table, NFTA_CHAIN_USERDATA),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The chain in the words of <c>nft</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Key.ToString();
}
