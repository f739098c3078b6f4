using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Changes of rules in a <see cref="NftTransaction"/>. Each gives the number of the change.</summary>
public sealed class NftRuleCommands
{
    private readonly NftTransaction _transaction;

    internal NftRuleCommands(NftTransaction transaction) => _transaction = transaction;

    /// <summary>Adds a rule at the end of its chain, or behind another: <c>nft add rule</c>.</summary>
    /// <param name="rule">The rule; a handle of it does not matter.</param>
    /// <param name="after">The handle of the rule to be behind; null for the end.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftRule rule, ulong? after = null) => Submit("add rule", NLM_F_CREATE | NLM_F_APPEND, rule, null, after);

    /// <summary>Adds a rule at the start of its chain, or before another: <c>nft insert rule</c>.</summary>
    /// <param name="rule">The rule; a handle of it does not matter.</param>
    /// <param name="before">The handle of the rule to be before; null for the start.</param>
    /// <returns>The change's number.</returns>
    public int Insert(NftRule rule, ulong? before = null) => Submit("insert rule", NLM_F_CREATE, rule, null, before);

    /// <summary>Puts a rule in the place of another: <c>nft replace rule</c>. Its counters start again.</summary>
    /// <param name="rule">The rule, with the handle of the one to replace.</param>
    /// <returns>The change's number.</returns>
    /// <exception cref="ArgumentException">The rule has no handle.</exception>
    public int Replace(NftRule rule) => Submit("replace rule", NLM_F_REPLACE, rule, HandleOf(rule), null);

    /// <summary>Deletes a rule: <c>nft delete rule</c>.</summary>
    /// <param name="rule">The rule; chain and handle count.</param>
    /// <returns>The change's number.</returns>
    /// <exception cref="ArgumentException">The rule has no handle.</exception>
    public int Delete(NftRule rule)
    {
        var handle = HandleOf(rule);
        return Delete(rule.Chain, handle);
    }

    /// <summary>Deletes a rule: <c>nft delete rule … handle</c>.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftChainKey chain, ulong handle)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var reference = new NftReference(chain, chain.Table.Family, chain.Table.Name) { Name = (NFTA_RULE_CHAIN, chain.Name), RuleHandle = handle };
        return _transaction.Submit("delete rule", NFT_MSG_DELRULE, 0, reference);
    }

    private static ulong HandleOf(NftRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Handle ?? throw new ArgumentException($"The rule {rule} has no handle.", nameof(rule));
    }

    private int Submit(string operation, ushort flags, NftRule rule, ulong? handle, ulong? position)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var request = rule.Handle == handle && rule.Position == position ? rule : rule with { Handle = handle, Position = position };
        return _transaction.Submit(operation, NFT_MSG_NEWRULE, flags, request);
    }
}
