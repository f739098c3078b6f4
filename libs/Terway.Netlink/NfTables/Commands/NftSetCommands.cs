using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Changes of sets and maps in a <see cref="NftTransaction"/>. Each gives the number of the change.</summary>
public sealed class NftSetCommands
{
    private readonly NftTransaction _transaction;

    internal NftSetCommands(NftTransaction transaction) => _transaction = transaction;

    /// <summary>Adds a set or map unless an equal one is there; one of another type is refused: <c>nft add set</c>, <c>nft add map</c>.</summary>
    /// <param name="set">The set.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftSet set) => Submit("add set", NLM_F_CREATE, set);

    /// <summary>Adds a set or map that must not be there: <c>nft create set</c>.</summary>
    /// <param name="set">The set.</param>
    /// <returns>The change's number.</returns>
    public int Create(NftSet set) => Submit("create set", NLM_F_CREATE | NLM_F_EXCL, set);

    /// <summary>Deletes a set or map, which no rule may use any more: <c>nft delete set</c>.</summary>
    /// <param name="set">The set, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftSetKey set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var reference = new NftReference(set, set.Table.Family, set.Table.Name) { Name = (NFTA_SET_NAME, set.Name) };
        return _transaction.Submit("delete set", NFT_MSG_DELSET, 0, reference);
    }

    /// <summary>Deletes all elements of a set or map: <c>nft flush set</c>.</summary>
    /// <param name="set">The set, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Flush(NftSetKey set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return _transaction.Submit("flush set", NFT_MSG_DELSETELEM, 0, new NftElementList { Set = set });
    }

    private int Submit(string operation, ushort flags, NftSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var request = set.Handle is null ? set : set with { Handle = null, Unknown = RawAttributes.Empty };
        return _transaction.Submit(operation, NFT_MSG_NEWSET, flags, request);
    }
}
