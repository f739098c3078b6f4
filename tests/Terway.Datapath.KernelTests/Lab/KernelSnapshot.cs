using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terway.Datapath.KernelTests;

/// <summary>All that <c>ip -json</c> says about a namespace, without what changes by itself.</summary>
internal static class KernelSnapshot
{
    private static readonly string[] Questions =
    [
        "link show", "address show", "-4 route show table all", "-6 route show table all",
        "-4 rule show", "-6 rule show", "neighbour show nud permanent",
    ];

    private static readonly string[] Volatile = ["stats", "stats64", "operstate", "flags", "valid_life_time", "preferred_life_time", "used", "refcnt", "cacheinfo"];

    internal static string Of(string netns)
    {
        var lines = new List<string>();
        foreach (var question in Questions)
        {
            var output = Shell.Ip($"-n {netns} -json {question}");
            var items = output.Trim().Length == 0 ? [] : JsonNode.Parse(output)!.AsArray();
            foreach (var item in items)
                lines.Add($"{question}: {Clean(item!)}");
        }
        return string.Join('\n', lines);
    }

    private static string Clean(JsonNode item)
    {
        foreach (var key in Volatile)
            item.AsObject().Remove(key);
        return item.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }
}
