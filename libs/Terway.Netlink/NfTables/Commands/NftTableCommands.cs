using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Changes of tables in a <see cref="NftTransaction"/>. Each gives the number of the change.</summary>
public sealed class NftTableCommands
{
    private readonly NftTransaction _transaction;

    internal NftTableCommands(NftTransaction transaction) => _transaction = transaction;

    /// <summary>Adds a table unless it is there; the flags of one that is there become these: <c>nft add table</c>.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftTable table) => Submit("add table", 0, table);

    /// <summary>Adds a table that must not be there: <c>nft create table</c>.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The change's number.</returns>
    public int Create(NftTable table) => Submit("create table", NLM_F_EXCL, table);

    /// <summary>Deletes a table with all it holds: <c>nft delete table</c>.</summary>
    /// <param name="table">The table, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _transaction.Submit("delete table", NFT_MSG_DELTABLE, 0, new NftReference(table, table.Family, table.Name));
    }

    /// <summary>Deletes all rules of all chains of a table; chains and sets stay: <c>nft flush table</c>.</summary>
    /// <param name="table">The table, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Flush(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _transaction.Submit("flush table", NFT_MSG_DELRULE, 0, new NftReference(table, table.Family, table.Name));
    }

    private int Submit(string operation, ushort flags, NftTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        // What only the kernel says does not belong into a request.
        var request = table.Handle is null ? table : table with { Handle = null, UseCount = null, Owner = null };
        return _transaction.Submit(operation, NFT_MSG_NEWTABLE, flags, request);
    }
}
