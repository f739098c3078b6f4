using System.Net;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Nodes;

/// <summary>Reads the pods' addresses out of <c>terwayd show pods --output json</c>.</summary>
internal static class HeldAddresses
{
    private static readonly string[] Keys = ["ipv4", "ipv6"];

    public static IEnumerable<IPAddress> Read(string json) =>
        from pod in JsonNode.Parse(json)!.AsArray()
        from property in pod!.AsObject()
        where Keys.Contains(property.Key, StringComparer.OrdinalIgnoreCase) && property.Value is not null
        select IPAddress.Parse((string)property.Value!);
}
