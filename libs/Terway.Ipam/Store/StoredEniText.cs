using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using System.Text.Json.Serialization;
using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>The JSON in the store's columns. Its shapes are the store's own, so that a renamed property changes no file.</summary>
internal static class StoredEniText
{
    public static string Write(LeaseEni eni) => JsonSerializer.Serialize(new EniJson(
        eni.Id.Value, eni.Mac.ToString(), eni.VSwitch.Value, eni.Subnet?.ToString(), eni.Subnet6?.ToString(), eni.PrimaryAddress?.ToString()), StoreJson.Default.EniJson);

    public static string Write(EniIntent intent) => JsonSerializer.Serialize(new IntentJson(
        intent.VSwitch.Value, intent.Addresses, [.. intent.SecurityGroups.Select(group => group.Value)],
        [.. intent.Tags.Select(tag => new TagJson(tag.Key, tag.Value))], intent.ResourceGroup?.Value, intent.Ipv6Addresses), StoreJson.Default.IntentJson);

    public static string Write(StoredNode node) => JsonSerializer.Serialize(new NodeJson(
        node.Instance.Value, node.InstanceType.Value, node.EniQuantity, node.Ipv4PerEni, node.Ipv6PerEni, node.Swept,
        [.. node.SecurityGroups.Select(group => group.Value)], [.. node.ForeignEnis.Select(eni => eni.Value)], node.WarmedUp), StoreJson.Default.NodeJson);

    public static LeaseEni ReadEni(string text)
    {
        var json = Read(text, StoreJson.Default.EniJson);
        return new LeaseEni
        {
            Id = new EniId(json.Id),
            Mac = PhysicalAddress.Parse(json.Mac),
            VSwitch = new VSwitchId(json.VSwitch),
            Subnet = json.Subnet is null ? null : IPNetwork.Parse(json.Subnet),
            Subnet6 = json.Subnet6 is null ? null : IPNetwork.Parse(json.Subnet6),
            PrimaryAddress = json.Primary is null ? null : IPAddress.Parse(json.Primary),
        };
    }

    public static EniIntent ReadIntent(string text)
    {
        var json = Read(text, StoreJson.Default.IntentJson);
        return new EniIntent
        {
            VSwitch = new VSwitchId(json.VSwitch),
            Addresses = json.Addresses,
            SecurityGroups = [.. json.SecurityGroups.Select(group => new SecurityGroupId(group))],
            Tags = [.. json.Tags.Select(tag => new ResourceTag(tag.Key, tag.Value))],
            ResourceGroup = json.ResourceGroup is null ? null : new ResourceGroupId(json.ResourceGroup),
            Ipv6Addresses = json.Ipv6,
        };
    }

    public static StoredNode ReadNode(string text)
    {
        var json = Read(text, StoreJson.Default.NodeJson);
        return new StoredNode
        {
            Instance = new InstanceId(json.Instance),
            InstanceType = new InstanceTypeId(json.InstanceType),
            EniQuantity = json.Enis,
            Ipv4PerEni = json.Ipv4PerEni,
            Ipv6PerEni = json.Ipv6PerEni,
            Swept = json.Swept,
            SecurityGroups = [.. json.SecurityGroups.Select(group => new SecurityGroupId(group))],
            ForeignEnis = [.. json.ForeignEnis.Select(eni => new EniId(eni))],
            WarmedUp = json.WarmedUp,
        };
    }

    private static T Read<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(text, type) ?? throw new FormatException("A column of the store is empty.");
}

internal sealed record EniJson(string Id, string Mac, string VSwitch, string? Subnet, string? Subnet6, string? Primary);

internal sealed record IntentJson(string VSwitch, int Addresses, string[] SecurityGroups, TagJson[] Tags, string? ResourceGroup, int Ipv6 = 0);

internal sealed record TagJson(string Key, string Value);

/// <summary>What has a default came later, and is missing in the files of earlier versions.</summary>
internal sealed record NodeJson(
    string Instance, string InstanceType, int Enis, int Ipv4PerEni, int Ipv6PerEni, bool Swept, string[] SecurityGroups, string[] ForeignEnis,
    bool WarmedUp = false);

[JsonSerializable(typeof(EniJson))]
[JsonSerializable(typeof(IntentJson))]
[JsonSerializable(typeof(NodeJson))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class StoreJson : JsonSerializerContext;
