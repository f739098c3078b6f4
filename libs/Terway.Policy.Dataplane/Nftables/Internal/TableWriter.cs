using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Writes a change into a transaction, in an order in which nothing refers to what is not there.</summary>
internal sealed class TableWriter(NftTableKey table, ClosedObjects closed, RuleCompiler rules, SetCompiler sets)
{
    /// <summary>Writes and tells, by the number of each change, what it is for.</summary>
    internal List<string> Write(TableChange change, NftTransaction transaction)
    {
        List<string> subjects = [];
        WriteTable(change, transaction, subjects);
        foreach (var set in change.NewSets)
            Add(transaction.Sets.Add(sets.Compile(set)), Subjects.Set(set.Name), subjects);
        // All of them before any rule, for rules and maps name each other's chains.
        foreach (var chain in change.PutChains)
            Add(transaction.Chains.Add(new NftChain { Key = Key(chain.Name), Base = BaseOf(chain) }), Subjects.Chain(chain.Name), subjects);
        foreach (var elements in change.Elements.Where(closed.IsOpen))
            WriteRemoved(elements, transaction, subjects);
        foreach (var elements in change.Elements.Where(closed.IsOpen))
            WriteAdded(elements, transaction, subjects);
        foreach (var chain in change.PutChains)
            WriteRules(chain, transaction, subjects);
        WriteRemovals(change, transaction, subjects);
        return subjects;
    }

    internal static NftBaseChain? BaseOf(RulesetChain chain) => chain.Hook is not { } hook ? null : new()
    {
        Hook = hook.Point is HookPoint.Input ? NftHook.Input : NftHook.Forward,
        Priority = hook.Priority,
        Policy = NftChainPolicy.Accept,
    };

    private void WriteTable(TableChange change, NftTransaction transaction, List<string> subjects)
    {
        if (change.ReplacesTable)
            Add(transaction.Tables.Delete(table), Subjects.Table, subjects);
        if (change.ReplacesTable || change.TouchesTable)
            Add(transaction.Tables.Add(new NftTable { Key = table, Flags = NftTableFlags.None }), Subjects.Table, subjects);
    }

    private void WriteRemoved(CompiledElements elements, NftTransaction transaction, List<string> subjects)
    {
        if (elements.Removed.Length > 0)
            Add(transaction.Elements.Delete(sets.Key(elements.Set.Name), elements.Removed), elements.Subject, subjects);
    }

    private void WriteAdded(CompiledElements elements, NftTransaction transaction, List<string> subjects)
    {
        if (elements.Added.Length > 0)
            Add(transaction.Elements.Add(sets.Key(elements.Set.Name), elements.Added), elements.Subject, subjects);
    }

    private void WriteRules(RulesetChain chain, NftTransaction transaction, List<string> subjects)
    {
        var subject = Subjects.Chain(chain.Name);
        Add(transaction.Chains.Flush(Key(chain.Name)), subject, subjects);
        foreach (var rule in closed.RulesOf(chain))
            Add(transaction.Rules.Add(rules.Compile(chain.Name, rule)), subject, subjects);
    }

    /// <summary>Rules go first, then the sets that they asked, then the chains: a map may still name one.</summary>
    private void WriteRemovals(TableChange change, NftTransaction transaction, List<string> subjects)
    {
        foreach (var chain in change.RemovedChains)
            Add(transaction.Chains.Flush(Key(chain)), Subjects.Chain(chain), subjects);
        foreach (var set in change.RemovedSets)
            Add(transaction.Sets.Delete(sets.Key(set)), Subjects.Set(set), subjects);
        foreach (var chain in change.RemovedChains)
            Add(transaction.Chains.Delete(Key(chain)), Subjects.Chain(chain), subjects);
    }

    private NftChainKey Key(string chain) => new(table, chain);

    private static void Add(int number, string subject, List<string> subjects)
    {
        System.Diagnostics.Debug.Assert(number == subjects.Count, "changes are numbered from 0");
        subjects.Add(subject);
    }
}
