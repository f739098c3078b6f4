using System.Net;
using System.Text.Json.Nodes;
using Terway.Cloud;

namespace Terway.Sandbox.Vpc;

/// <summary>Packets that the VPC dropped because their source does not belong to the ENI they left through.</summary>
/// <param name="Eni">The ENI; <c>null</c> when it has been detached since.</param>
internal sealed record SpoofedPackets(EniId? Eni, string Mac, IPAddress Source, long Packets)
{
    /// <summary>Reads what <c>nft --json list set</c> prints; <paramref name="eniOf"/> names the ENI at a port.</summary>
    public static IReadOnlyList<SpoofedPackets> Read(string json, Func<string, EniId?> eniOf) =>
    [
        .. JsonNode.Parse(json)!["nftables"]!.AsArray()
            .Select(o => o!["set"]?["elem"])
            .OfType<JsonArray>()
            .SelectMany(elements => elements)
            .Select(e => Read(e!["elem"]!, eniOf)),
    ];

    private static SpoofedPackets Read(JsonNode element, Func<string, EniId?> eniOf)
    {
        var key = element["val"]!["concat"]!.AsArray();
        return new SpoofedPackets(eniOf((string)key[0]!), (string)key[1]!, IPAddress.Parse((string)key[2]!), (long)element["counter"]!["packets"]!);
    }
}
