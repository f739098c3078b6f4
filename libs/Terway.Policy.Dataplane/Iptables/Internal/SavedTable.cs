using System.Collections.Immutable;
using System.Globalization;
using Terway.Policy.Iptables;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>A rule as <c>iptables-save</c> shows it.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="Line">The line, from <c>-A</c> on.</param>
/// <param name="Hash">The hash in its comment; null for one that is not ours.</param>
/// <param name="Packets">What it counted; 0 where that was not asked.</param>
internal sealed record SavedRule(string Chain, string Line, string? Hash, ulong Packets);

/// <summary>What <c>iptables-save</c> shows of one table.</summary>
internal sealed class SavedTable
{
    private const string OwnChains = "cali-";
    private const string HashStart = $"--comment \"{IptablesChain.HashPrefix}";

    private SavedTable(HashSet<string> chains, ILookup<string, SavedRule> rules)
    {
        OwnChainNames = chains;
        Rules = rules;
    }

    /// <summary>The chains that are ours by their names.</summary>
    internal HashSet<string> OwnChainNames { get; }

    /// <summary>The rules by their chains, in their order.</summary>
    internal ILookup<string, SavedRule> Rules { get; }

    internal ImmutableArray<string?> HashesOf(string chain) => [.. Rules[chain].Select(r => r.Hash)];

    internal static SavedTable Parse(string text)
    {
        HashSet<string> chains = new(StringComparer.Ordinal);
        List<SavedRule> rules = [];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith($":{OwnChains}", StringComparison.Ordinal))
                chains.Add(line[1..line.IndexOf(' ', StringComparison.Ordinal)]);
            else if (line.StartsWith("-A ", StringComparison.Ordinal) || line.StartsWith('['))
                rules.Add(ParseRule(line));
        }

        return new(chains, rules.ToLookup(r => r.Chain, StringComparer.Ordinal));
    }

    /// <summary>A line as <c>-A CHAIN …</c>, with <c>[PACKETS:BYTES]</c> before it where counters were asked.</summary>
    private static SavedRule ParseRule(string line)
    {
        ulong packets = 0;
        if (line.StartsWith('['))
        {
            packets = ulong.Parse(line.AsSpan(1, line.IndexOf(':', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);
            line = line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..];
        }

        return new(line.Split(' ', 3)[1], line, HashOf(line), packets);
    }

    private static string? HashOf(string line)
    {
        var start = line.IndexOf(HashStart, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += HashStart.Length;
        var end = line.IndexOf('"', start);
        return end < 0 ? null : line[start..end];
    }
}
