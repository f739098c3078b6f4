using System.Collections.Immutable;
using Terway.Policy.Iptables;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>What has to be done for one version of IP, in this order.</summary>
/// <param name="Sets">Input of <c>ipset restore</c>.</param>
/// <param name="Rules">Input of <c>iptables-restore</c>.</param>
/// <param name="GoneChains">Input of <c>iptables-restore</c> that deletes chains.</param>
/// <param name="GoneSets">Input of <c>ipset restore</c> that deletes sets.</param>
internal sealed record IptablesSteps(string Sets, string Rules, string GoneChains, string GoneSets)
{
    internal bool IsEmpty => Sets.Length == 0 && Rules.Length == 0 && GoneChains.Length == 0 && GoneSets.Length == 0;

    /// <summary>The number of changes.</summary>
    internal int Count => new[] { Sets, Rules, GoneChains, GoneSets }
        .Sum(text => text.Split('\n').Count(line => line.Length > 0 && line[0] is not ('*' or 'C')));

    internal static IptablesSteps Of(IptablesChange change) => new(
        IptablesText.Sets(change.PutSets) + IptablesText.Members(change.ChangedSets),
        IptablesText.Restore(change.PutChains, [], []),
        IptablesText.Delete([.. change.RemovedChains.Select(c => ("filter", c))]),
        Destroy(change.RemovedSets));

    internal static string Destroy(IEnumerable<string> sets) => string.Concat(sets.Select(s => $"destroy {s}\n"));
}

/// <summary>What the kernel lacks of the ruleset that is wanted, and has too much.</summary>
internal sealed class IptablesDiff(IptablesRuleset wanted, ClosedParts closed)
{
    /// <summary>The tables in which something of ours may stand.</summary>
    internal static readonly ImmutableArray<string> Tables = ["filter", "raw"];

    internal IptablesSteps From(IReadOnlyDictionary<string, SavedTable> tables, Dictionary<string, SavedSet> sets)
    {
        List<IptablesChain> put = [];
        List<IptablesHook> hooks = [];
        List<(string, string)> deletions = [];
        List<(string, string)> gone = [];
        foreach (var (name, table) in tables)
        {
            var chains = wanted.Chains.Where(c => c.Table == name).Select(c => closed.Instead(c, wanted.Version)).ToArray();
            put.AddRange(chains.Where(c => !table.OwnChainNames.Contains(c.Name) || !table.HashesOf(c.Name).SequenceEqual(c.Hashes())));
            gone.AddRange(table.OwnChainNames.Except(chains.Select(c => c.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(c => (name, c)));
            CompareHooks(name, table, hooks, deletions);
        }

        return new(CompareSets(sets), IptablesText.Restore(put, hooks, deletions), IptablesText.Delete(gone), IptablesSteps.Destroy(GoneSets(sets)));
    }

    /// <summary>A hook stands once, at its end of the chain; what else bears our mark there is from before.</summary>
    private void CompareHooks(string name, SavedTable table, List<IptablesHook> hooks, List<(string, string)> deletions)
    {
        var own = wanted.Hooks.Where(h => h.Table == name).ToArray();
        foreach (var rules in table.Rules.Where(r => !table.OwnChainNames.Contains(r.Key)))
        {
            var inPlace = own.Where(h => h.Chain == rules.Key).Select(h => InPlace(h, [.. rules])).OfType<SavedRule>().ToArray();
            deletions.AddRange(rules.Where(r => r.Hash is not null && !inPlace.Contains(r)).Select(r => (name, $"-D{r.Line[2..]}")));
        }

        hooks.AddRange(own.Where(h => InPlace(h, [.. table.Rules[h.Chain]]) is null));
    }

    private static SavedRule? InPlace(IptablesHook hook, SavedRule[] rules)
    {
        var rule = hook.IsAppended ? rules.LastOrDefault() : rules.FirstOrDefault();
        return rule?.Hash == hook.Hash() && rules.Count(r => r.Hash == rule!.Hash) == 1 ? rule : null;
    }

    private string CompareSets(Dictionary<string, SavedSet> actual)
    {
        List<IpsetContent> put = [];
        List<IpsetChange> changed = [];
        foreach (var set in wanted.Sets)
        {
            if (!actual.TryGetValue(set.Name, out var there))
            {
                put.Add(closed.IsOpen(set.Name) ? set : set with { Members = [] });
                continue;
            }

            var members = set.Members.ToHashSet(StringComparer.Ordinal);
            ImmutableArray<string> added = closed.IsOpen(set.Name) ? [.. members.Except(there.Members)] : [];
            ImmutableArray<string> removed = [.. there.Members.Except(members)];
            if (added.Length + removed.Length > 0)
                changed.Add(new(set.Name, added, removed));
        }

        return IptablesText.Sets(put) + IptablesText.Members(changed);
    }

    private IEnumerable<string> GoneSets(Dictionary<string, SavedSet> actual)
    {
        var names = wanted.Sets.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return actual.Keys.Where(name => name.StartsWith($"cali{(int)wanted.Version}0", StringComparison.Ordinal) && !names.Contains(name)).Order(StringComparer.Ordinal);
    }
}
