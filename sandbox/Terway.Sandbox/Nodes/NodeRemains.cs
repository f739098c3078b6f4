using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Nodes;

/// <summary>What pods have in their node's network namespace, as <c>ip -json</c> shows it.</summary>
/// <param name="Links">Host ends of pods' links.</param>
/// <param name="Rules">Rules of the priorities that pods get, 512 and 2048.</param>
/// <param name="Routes">Routes to pods' links.</param>
internal sealed record NodeRemains(IReadOnlyList<string> Links, IReadOnlyList<string> Rules, IReadOnlyList<string> Routes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public bool IsEmpty => Links.Count == 0 && Rules.Count == 0 && Routes.Count == 0;

    /// <summary>
    /// Looks until nothing is left, for a few seconds: links are deleted in groups, a moment after DEL. What is still there then
    /// is the answer.
    /// </summary>
    public static async Task<NodeRemains> WaitUntilCleanAsync(Node node, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var remains = await ReadAsync(node, cancellationToken);
            if (remains.IsEmpty || clock.Elapsed > Patience)
                return remains;
            await Task.Delay(20, cancellationToken);
        }
    }

    public static async Task<NodeRemains> ReadAsync(Node node, CancellationToken cancellationToken)
    {
        string[] links = [.. (await LinksAsync(node, cancellationToken)).Where(l => !l.StartsWith("eth", StringComparison.Ordinal) && l != "lo")];
        var rules = (await ListAsync(node, ["rule", "list"], cancellationToken)).Where(r => (int)r["priority"]! is 512 or 2048);
        var routes = (await ListAsync(node, ["route", "list", "table", "all"], cancellationToken)).Where(r => links.Contains((string?)r["dev"], StringComparer.Ordinal));
        return new NodeRemains(links, [.. rules.Select(r => r.ToJsonString())], [.. routes.Select(r => r.ToJsonString())]);
    }

    /// <summary>The names of all links, in order.</summary>
    public static async Task<IReadOnlyList<string>> LinksAsync(Node node, CancellationToken cancellationToken) =>
        [.. (await ListAsync(node, ["link", "list"], cancellationToken)).Select(l => (string)l["ifname"]!).Where(l => !l.StartsWith("ifb", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public override string ToString() => IsEmpty ? "" : $": {string.Join(", ", [.. Links, .. Rules, .. Routes])}";

    private static async Task<IEnumerable<JsonNode>> ListAsync(Node node, string[] what, CancellationToken cancellationToken)
    {
        var listed = (await node.RunAsync(["ip", "-json", .. what], cancellationToken)).Checked().Output;
        return string.IsNullOrWhiteSpace(listed) ? [] : JsonNode.Parse(listed)!.AsArray().OfType<JsonObject>();
    }
}
