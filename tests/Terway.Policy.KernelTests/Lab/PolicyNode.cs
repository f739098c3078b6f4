using System.Text.RegularExpressions;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>A network namespace with a table of policy in it, and <c>nft</c> to ask for the truth.</summary>
internal sealed partial class PolicyNode : IDisposable
{
    public NetworkNamespace Namespace { get; } = NetworkNamespace.Create();

    public string Execute(string program, params string[] arguments) => Commands.Run(Namespace, program, arguments);

    /// <summary>Has <c>nft</c> read commands.</summary>
    public void Load(string commands) => Commands.Run(Namespace, "nft", ["-f", "-"], commands);

    /// <summary>The table as <c>nft</c> tells it, without what was counted and in an order that depends on nothing but what it holds.</summary>
    public string ListTable()
    {
        string text = Counters().Replace(Execute("nft", "list", "ruleset"), "counter");
        IEnumerable<string> blocks = text.Split("\n\t}\n").Select(block => string.Join('\n', Elements().Replace(block, SortElements).Split('\n').Select(l => l.TrimEnd())).Trim());
        return string.Join("\n\n", blocks.Select(b => b.Replace("table inet terway {\n", "", StringComparison.Ordinal).Trim()).Order(StringComparer.Ordinal));
    }

    public uint Generation()
    {
        using NfTables kernel = NfTables.Open(Namespace);
        return kernel.GetGeneration().Id;
    }

    public void Dispose() => Namespace.Dispose();

    private static string SortElements(Match match) =>
        $"elements = {{ {string.Join(", ", match.Groups["list"].Value.Split(',').Select(e => e.Trim()).Order(StringComparer.Ordinal))} }}";

    [GeneratedRegex("counter packets [0-9]+ bytes [0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Counters();

    [GeneratedRegex(@"elements = \{(?<list>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Elements();
}
