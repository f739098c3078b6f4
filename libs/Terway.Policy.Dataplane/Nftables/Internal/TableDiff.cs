using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>What a table that was read back lacks of the one that is wanted, and has too much.</summary>
internal sealed class TableDiff(Ruleset wanted, ClosedObjects closed, RuleCompiler rules, SetCompiler sets)
{
    internal TableChange From(NftTableContents? actual)
    {
        var change = new TableChange();
        if (actual is null)
        {
            change.TouchesTable = true;
            AddAll(change);
            return change;
        }

        change.TouchesTable = actual.Table.Flags?.HasFlag(NftTableFlags.Dormant) is true;
        var actualSets = actual.Sets.ToDictionary(s => s.Key.Name, StringComparer.Ordinal);
        var actualChains = actual.Chains.ToDictionary(c => c.Key.Name, StringComparer.Ordinal);
        if (!CanStay(actualSets, actualChains))
        {
            change.ReplacesTable = true;
            AddAll(change);
            return change;
        }

        CompareSets(actual, actualSets, change);
        CompareChains(actual, actualChains, change);
        return change;
    }

    private void AddAll(TableChange change)
    {
        foreach (var content in wanted.Sets.Values)
        {
            change.NewSets.Add(content.Set);
            change.Elements.AddRange(CompiledElements.Of(content.Set, [], content.Elements).Where(closed.IsOpen));
        }

        change.PutChains.AddRange(wanted.Chains.Values);
    }

    /// <summary>A set of another type, or a chain at another hook, cannot be changed in place.</summary>
    private bool CanStay(Dictionary<string, NftSet> actualSets, Dictionary<string, NftChain> actualChains) =>
        wanted.Sets.Values.All(s => !actualSets.TryGetValue(s.Set.Name, out var actual) || IsSame(sets.Compile(s.Set), actual))
        && wanted.Chains.Values.All(c => !actualChains.TryGetValue(c.Name, out var actual) || IsSame(TableWriter.BaseOf(c), actual.Base));

    private static bool IsSame(NftSet set, NftSet actual) =>
        set.KeyType == actual.KeyType && set.DataType == actual.DataType && set.Flags == actual.Flags;

    private static bool IsSame(NftBaseChain? chain, NftBaseChain? actual) =>
        (chain?.Hook, chain?.Priority, chain?.Type, chain?.Policy) == (actual?.Hook, actual?.Priority, actual?.Type, actual?.Policy);

    private void CompareSets(NftTableContents actual, Dictionary<string, NftSet> actualSets, TableChange change)
    {
        foreach (var content in wanted.Sets.Values)
        {
            var isThere = actualSets.TryGetValue(content.Set.Name, out var found);
            if (!isThere)
                change.NewSets.Add(content.Set);
            CompareElements(content, isThere ? actual.Elements[found!.Key] : [], change);
        }

        change.RemovedSets.AddRange(actualSets.Values
            .Where(s => !wanted.Sets.ContainsKey(s.Key.Name) && !s.Flags.HasFlag(NftSetFlags.Anonymous)).Select(s => s.Key.Name));
    }

    private void CompareElements(RulesetSetContent content, IReadOnlyList<NftElement> actual, TableChange change)
    {
        var there = new HashSet<ElementIdentity>(actual.Count);
        foreach (var element in actual.Where(e => !IsNothing(e)))
            there.Add(new(element));
        List<CompiledElements> missing = [];
        foreach (var group in CompiledElements.Of(content.Set, [], content.Elements).Where(closed.IsOpen))
        {
            var added = group.Added.Where(e => !there.Remove(new(e))).ToArray();
            if (added.Length > 0)
                missing.Add(group with { Added = added });
        }

        var extra = new CompiledElements(content.Set, Subjects.Set(content.Set.Name), SetCompiler.InOrder(actual.Where(e => there.Contains(new(e)))), []);
        if (extra.Removed.Length > 0 && closed.IsOpen(extra))
            change.Elements.Add(extra);

        change.Elements.AddRange(missing);
    }

    /// <summary>Whether it ends an interval before the first address: <c>nft</c> adds such an end, which means nothing.</summary>
    private static bool IsNothing(NftElement element) => element.Flags.HasFlag(NftElementFlags.IntervalEnd) && !element.Key.Bytes.ContainsAnyExcept((byte)0);

    private void CompareChains(NftTableContents actual, Dictionary<string, NftChain> actualChains, TableChange change)
    {
        var actualRules = actual.Rules.ToLookup(r => r.Chain.Name, StringComparer.Ordinal);
        foreach (var chain in wanted.Chains.Values)
        {
            if (!actualChains.ContainsKey(chain.Name) || !IsSame(chain, actualRules[chain.Name]))
                change.PutChains.Add(chain);
        }

        change.RemovedChains.AddRange(actualChains.Keys.Where(name => !wanted.Chains.ContainsKey(name)));
    }

    private bool IsSame(RulesetChain chain, IEnumerable<NftRule> actual) =>
        closed.RulesOf(chain).Select(r => new RuleIdentity(rules.Compile(chain.Name, r)))
            .SequenceEqual(actual.Select(r => new RuleIdentity(r)));

    /// <summary>An element by what makes it that element: comments, timers and counters are not among it.</summary>
    private readonly record struct ElementIdentity(NftData Key, NftElementFlags Flags, NftVerdict? Verdict)
    {
        internal ElementIdentity(in NftElement element)
            : this(element.Key, element.Flags, element.Verdict)
        {
        }
    }
}
