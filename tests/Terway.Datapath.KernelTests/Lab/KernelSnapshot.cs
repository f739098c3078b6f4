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
            foreach (var item in items.Where(item => !IsLinkLocal(item!) && !IsMulticast(item!)))
                lines.Add($"{question}: {Clean(item!)}");
        }
        return string.Join('\n', lines);
    }

    /// <summary>The kernel gives each link an IPv6 link-local address with its routes, from a work queue some time after the link is up.</summary>
    private static bool IsLinkLocal(JsonNode item) =>
        ((string?)item["protocol"] == "kernel" && ((string?)item["dst"])?.StartsWith("fe80:", StringComparison.Ordinal) is true)
        || ((string?)item["family"] == "inet6" && (string?)item["scope"] == "link");

    /// <summary>Each link that is up gets the route ff00::/8, when its carrier is noticed.</summary>
    private static bool IsMulticast(JsonNode item) => (string?)item["type"] == "multicast" && (string?)item["protocol"] == "kernel";

    private static string Clean(JsonNode item)
    {
        foreach (var key in Volatile)
            item.AsObject().Remove(key);
        if (item["addr_info"] is JsonArray addresses)
            addresses.RemoveAll(address => IsLinkLocal(address!));
        return item.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }
}
