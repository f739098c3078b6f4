using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Changes of chains in a <see cref="NftTransaction"/>. Each gives the number of the change.</summary>
public sealed class NftChainCommands
{
    private readonly NftTransaction _transaction;

    internal NftChainCommands(NftTransaction transaction) => _transaction = transaction;

    /// <summary>Adds a chain unless it is there; the policy of a base chain that is there becomes this one: <c>nft add chain</c>.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftChain chain) => Submit("add chain", NLM_F_CREATE, chain);

    /// <summary>Adds a chain that must not be there: <c>nft create chain</c>.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The change's number.</returns>
    public int Create(NftChain chain) => Submit("create chain", NLM_F_CREATE | NLM_F_EXCL, chain);

    /// <summary>Adds a chain that rules jump to, unless it is there.</summary>
    /// <param name="chain">Table and name.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftChainKey chain) => Add(new NftChain { Key = chain });

    /// <summary>Deletes a chain, to which nothing may jump any more, with its rules: <c>nft delete chain</c>.</summary>
    /// <param name="chain">The chain, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftChainKey chain) => _transaction.Submit("delete chain", NFT_MSG_DELCHAIN, 0, Reference(chain, NFTA_CHAIN_NAME));

    /// <summary>Deletes all rules of a chain: <c>nft flush chain</c>.</summary>
    /// <param name="chain">The chain, which must be there.</param>
    /// <returns>The change's number.</returns>
    public int Flush(NftChainKey chain) => _transaction.Submit("flush chain", NFT_MSG_DELRULE, 0, Reference(chain, NFTA_RULE_CHAIN));

    private static NftReference Reference(NftChainKey chain, ushort attribute)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return new(chain, chain.Table.Family, chain.Table.Name) { Name = (attribute, chain.Name) };
    }

    private int Submit(string operation, ushort flags, NftChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        // With a handle the kernel would change the chain that has it.
        var request = chain.Handle is null ? chain : chain with { Handle = null, Flags = null, UseCount = null, Unknown = RawAttributes.Empty };
        return _transaction.Submit(operation, NFT_MSG_NEWCHAIN, flags, request);
    }
}
