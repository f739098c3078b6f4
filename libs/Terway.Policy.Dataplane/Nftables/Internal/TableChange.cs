using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>What is to be changed in the kernel's table.</summary>
internal sealed class TableChange
{
    /// <summary>Whether the table is to be made, or woken if somebody laid it to rest.</summary>
    internal bool TouchesTable { get; set; }

    /// <summary>Whether all that the table holds goes first, since a part of it cannot be changed in place.</summary>
    internal bool ReplacesTable { get; set; }

    internal List<RulesetSet> NewSets { get; } = [];

    internal List<RulesetChain> PutChains { get; } = [];

    internal List<CompiledElements> Elements { get; } = [];

    internal List<string> RemovedChains { get; } = [];

    internal List<string> RemovedSets { get; } = [];

    internal bool IsEmpty => !TouchesTable && !ReplacesTable && NewSets.Count == 0 && PutChains.Count == 0 && Elements.Count == 0
        && RemovedChains.Count == 0 && RemovedSets.Count == 0;

    /// <summary>Whether there are links with names that the kernel knows for none.</summary>
    internal bool HasUnusableLinks { get; private init; }

    /// <summary>What is touched, in words.</summary>
    public override string ToString() => string.Join(", ", new[] { TouchesTable || ReplacesTable ? Subjects.Table : null }.OfType<string>()
        .Concat(NewSets.Select(s => s.Name).Concat(RemovedSets).Select(Subjects.Set))
        .Concat(Elements.Select(e => e.Subject))
        .Concat(PutChains.Select(c => c.Name).Concat(RemovedChains).Select(Subjects.Chain))
        .Distinct(StringComparer.Ordinal));

    internal static TableChange Of(RulesetChange change)
    {
        var table = new TableChange { HasUnusableLinks = change.AddedSets.Any(s => s.Elements.Any(CompiledElements.IsUnusable)) || change.Elements.Any(e => e.Added.Any(CompiledElements.IsUnusable)) };
        foreach (var content in change.AddedSets)
        {
            table.NewSets.Add(content.Set);
            table.Elements.AddRange(CompiledElements.Of(content.Set, [], content.Elements));
        }

        foreach (var elements in change.Elements)
            table.Elements.AddRange(CompiledElements.Of(elements.Set, elements.Removed, elements.Added));
        table.PutChains.AddRange(change.PutChains);
        table.RemovedChains.AddRange(change.RemovedChains);
        table.RemovedSets.AddRange(change.RemovedSets);
        return table;
    }
}
