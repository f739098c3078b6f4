namespace Terway.Netlink;

/// <summary>Names an object, to delete it or to ask for it.</summary>
/// <param name="subject">The object in the words of <c>nft</c>.</param>
/// <param name="family">Its family.</param>
/// <param name="table">Its table; null for all.</param>
internal sealed class NftReference(object subject, NftFamily family, string? table) : INetlinkRequest
{
    // The table's name is the first attribute of every kind of object.
    private const ushort TableAttribute = 1;

    /// <summary>The object's own name and the attribute for it; null for everything in the table.</summary>
    internal (ushort Attribute, string Text)? Name { get; init; }

    /// <summary>The handle of a rule.</summary>
    internal ulong? RuleHandle { get; init; }

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(family));
        writer.WriteString(TableAttribute, table);
        if (Name is { } name)
            writer.WriteString(name.Attribute, name.Text);
        writer.WriteUInt64BigEndian(NfTablesConstants.NFTA_RULE_HANDLE, RuleHandle);
    }

    /// <summary>The object in the words of <c>nft</c>.</summary>
    public override string ToString() => $"{subject}{(RuleHandle is { } handle ? $" handle {handle}" : string.Empty)}";
}
