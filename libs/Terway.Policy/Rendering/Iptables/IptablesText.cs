using System.Text;

namespace Terway.Policy.Iptables;

/// <summary>Writes what <c>iptables-restore</c> and <c>ipset restore</c> read.</summary>
public static class IptablesText
{
    /// <summary>Input of <c>iptables-restore --noflush</c>: each table is one transaction, and chains that are there are emptied first.</summary>
    /// <param name="chains">Chains to put.</param>
    /// <param name="hooks">Rules to put into the kernel's own chains; one that is there already would be there twice.</param>
    /// <param name="deletions">Lines that delete rules of the kernel's own chains, by table.</param>
    /// <returns>The text; empty where there is nothing to do.</returns>
    public static string Restore(
        IReadOnlyCollection<IptablesChain> chains, IReadOnlyCollection<IptablesHook> hooks, IReadOnlyCollection<(string Table, string Line)> deletions)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(hooks);
        ArgumentNullException.ThrowIfNull(deletions);
        var text = new StringBuilder();
        var tables = chains.Select(c => c.Table).Concat(hooks.Select(h => h.Table)).Concat(deletions.Select(d => d.Table));
        foreach (var table in tables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append('*').Append(table).Append('\n');
            foreach (var chain in chains.Where(c => c.Table == table))
                text.Append(':').Append(chain.Name).Append(" - [0:0]\n");
            foreach (var line in chains.Where(c => c.Table == table).SelectMany(c => c.Lines()))
                text.Append(line).Append('\n');
            foreach (var (_, line) in deletions.Where(d => d.Table == table))
                text.Append(line).Append('\n');
            foreach (var hook in hooks.Where(h => h.Table == table))
                text.Append(hook.Line()).Append('\n');
            text.Append("COMMIT\n");
        }

        return text.ToString();
    }

    /// <summary>Input of <c>iptables-restore --noflush</c> that deletes chains to which nothing leads.</summary>
    /// <param name="chains">Tables and names.</param>
    /// <returns>The text; empty where there is nothing to do.</returns>
    public static string Delete(IReadOnlyCollection<(string Table, string Name)> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        var text = new StringBuilder();
        foreach (var table in chains.GroupBy(c => c.Table, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            text.Append('*').Append(table.Key).Append('\n');
            // They may lead to each other: first all are emptied.
            foreach (var (_, name) in table)
                text.Append(':').Append(name).Append(" - [0:0]\n");
            foreach (var (_, name) in table)
                text.Append("-X ").Append(name).Append('\n');
            text.Append("COMMIT\n");
        }

        return text.ToString();
    }

    /// <summary>Input of <c>ipset restore</c> that makes sets and fills them.</summary>
    /// <param name="sets">The sets.</param>
    /// <returns>The text; empty where there is nothing to do.</returns>
    public static string Sets(IReadOnlyCollection<IpsetContent> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var text = new StringBuilder();
        foreach (var set in sets)
        {
            text.Append(set.CreateLine()).Append('\n');
            foreach (var member in set.Members.Order(StringComparer.Ordinal))
                text.Append("add ").Append(set.Name).Append(' ').Append(member).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Input of <c>ipset restore</c> that changes members.</summary>
    /// <param name="changes">The changes; what comes is put in before what goes is taken out.</param>
    /// <returns>The text; empty where there is nothing to do.</returns>
    public static string Members(IReadOnlyCollection<IpsetChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            foreach (var member in change.Added.Order(StringComparer.Ordinal))
                text.Append("add ").Append(change.Name).Append(' ').Append(member).Append(" -exist\n");
            foreach (var member in change.Removed.Order(StringComparer.Ordinal))
                text.Append("del ").Append(change.Name).Append(' ').Append(member).Append(" -exist\n");
        }

        return text.ToString();
    }
}
