using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A rule, as in <c>nft add rule</c> (<c>NFT_MSG_NEWRULE</c>): expressions that are evaluated in turn until one does not match.</summary>
public sealed record NftRule : INetlinkMessage<NftRule>
{
    /// <summary>The chain.</summary>
    public required NftChainKey Chain { get; init; }

    /// <summary>The expressions.</summary>
    public EquatableArray<NftExpression> Expressions { get; init; }

    /// <summary>The kernel's number of the rule, unique in the table. Given when deleting or replacing, and read.</summary>
    public ulong? Handle { get; init; }

    /// <summary>The handle of the rule before it. Read only; to choose the place is the command's part.</summary>
    public ulong? Position { get; init; }

    /// <summary>The comment: up to <see cref="NftUserData.MaxCommentLength"/> bytes.</summary>
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
        writer.WriteStruct(NetfilterHeader.Of(Chain.Table.Family));
        writer.WriteString(NFTA_RULE_TABLE, Chain.Table.Name);
        writer.WriteString(NFTA_RULE_CHAIN, Chain.Name);
        writer.WriteUInt64BigEndian(NFTA_RULE_HANDLE, Handle);
        NftExpression.WriteAll(ref writer, NFTA_RULE_EXPRESSIONS, Expressions);
        writer.WriteUInt64BigEndian(NFTA_RULE_POSITION, Position);
        UserData.Write(ref writer, NFTA_RULE_USERDATA);
        writer.WriteRaw(Unknown);
    }

    static NftRule INetlinkMessage<NftRule>.Read(NetlinkReader reader)
    {
        var header = reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[NFTA_RULE_USERDATA + 1]);
        return new()
        {
            Chain = new(new((NftFamily)header.Family, table.RequiredString(NFTA_RULE_TABLE)), table.RequiredString(NFTA_RULE_CHAIN)),
            Handle = table.UInt64BigEndian(NFTA_RULE_HANDLE),
            Expressions = NftExpression.ReadAll(ref table, NFTA_RULE_EXPRESSIONS),
            Position = table.UInt64BigEndian(NFTA_RULE_POSITION),
            UserData = NftUserData.Read(ref table, NFTA_RULE_USERDATA),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The rule by its chain, its handle and its comment.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{Chain}{(Handle is { } handle ? $" handle {handle}" : string.Empty)}{(Comment is { } comment ? $" \"{comment}\"" : string.Empty)}";
}
