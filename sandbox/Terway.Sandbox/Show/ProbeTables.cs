using System.Globalization;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Show;

/// <summary>Probe results for people.</summary>
internal static class ProbeTables
{
    /// <summary>One row a probe.</summary>
    public static void List(SandboxConsole console, IReadOnlyList<ProbeResult> results) => console.Table(
        ["from", "to", "protocol", "port", "verdict", "ms", "reason"],
        [.. results.Select(r => new[] { r.From, r.To, r.Protocol.ToString(), r.Port?.ToString() ?? "", Word(r.Verdict), Milliseconds(r.RttMs), r.Reason ?? "" })]);

    /// <summary>
    /// Who reaches whom: a row for each source, a column for each target. A cell has the slowest answer in milliseconds, or
    /// <c>deny</c> when a single probe between the two had none.
    /// </summary>
    public static void Matrix(SandboxConsole console, IReadOnlyList<ProbeResult> results)
    {
        string[] sources = [.. results.Select(r => r.From).Distinct(StringComparer.Ordinal)];
        string[] targets = [.. sources.Concat(results.Select(r => r.To)).Distinct(StringComparer.Ordinal).Where(to => results.Any(r => r.To == to))];
        var cells = results.ToLookup(r => (r.From, r.To));
        console.Table(
            ["from \\ to", .. targets],
            [.. sources.Select(from => (string[])[from, .. targets.Select(to => Cell(cells[(from, to)]))])]);
    }

    private static string Cell(IEnumerable<ProbeResult> results)
    {
        var all = results.ToArray();
        if (all.Length == 0)
            return "·";
        return all.Any(r => r.Verdict == Verdict.Deny) ? Word(Verdict.Deny) : Milliseconds(all.Max(r => r.RttMs));
    }

    private static string Word(Verdict verdict) => verdict == Verdict.Allow ? "allow" : "deny";

    private static string Milliseconds(double? milliseconds) => milliseconds?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
