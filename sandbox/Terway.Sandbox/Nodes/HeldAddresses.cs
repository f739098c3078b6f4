using System.Net;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Nodes;

/// <summary>Reads the addresses out of <c>terwayd show pods --output json</c>.</summary>
internal static class HeldAddresses
{
    public static IEnumerable<IPAddress> Read(string json) => Texts(JsonNode.Parse(json)).Select(t => IPAddress.TryParse(t.Split('/')[0], out var ip) ? ip : null).OfType<IPAddress>();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
