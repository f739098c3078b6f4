using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>ENIs as the cloud's JSON: every list in its wrapper, also when it is empty.</summary>
internal static class EniShape
{
    /// <summary>The flat answer of a create.</summary>
    internal static JsonObject Created(NetworkInterface eni, string accountId) => new()
    {
        ["NetworkInterfaceId"] = eni.Id.Value,
        ["Status"] = eni.Status.Value,
        ["Type"] = eni.Type.Value,
        ["MacAddress"] = Mac(eni.MacAddress),
        ["VpcId"] = eni.VpcId.Value,
        ["VSwitchId"] = eni.VSwitchId.Value,
        ["ZoneId"] = eni.ZoneId.Value,
        ["PrivateIpAddress"] = eni.PrimaryIpAddress.ToString(),
        ["NetworkInterfaceName"] = eni.Name,
        ["Description"] = eni.Description,
        ["ResourceGroupId"] = eni.ResourceGroupId?.Value ?? "",
        ["OwnerId"] = accountId,
        ["ServiceID"] = 0,
        ["ServiceManaged"] = eni.ServiceManaged,
        ["SourceDestCheck"] = eni.SourceDestCheck ?? false,
        ["SecurityGroupIds"] = Wrap("SecurityGroupId", eni.SecurityGroupIds.Select(id => JsonValue.Create(id.Value))),
        ["PrivateIpSets"] = Wrap("PrivateIpSet", PrivateIps(eni)),
        ["Ipv6Sets"] = Wrap("Ipv6Set", eni.Ipv6Addresses.Select(a => new JsonObject { ["Ipv6Address"] = a.ToString() })),
        ["Ipv4PrefixSets"] = Wrap("Ipv4PrefixSet", eni.Ipv4Prefixes.Select(p => new JsonObject { ["Ipv4Prefix"] = p.ToString() })),
        ["Ipv6PrefixSets"] = Wrap("Ipv6PrefixSet", eni.Ipv6Prefixes.Select(p => new JsonObject { ["Ipv6Prefix"] = p.ToString() })),
        ["Tags"] = Tags(eni.Tags),
    };

    /// <summary>An item of a describe.</summary>
    internal static JsonObject Described(NetworkInterface eni, IEnumerable<EniId> members, string accountId)
    {
        var shape = Created(eni, accountId);
        shape["CreationTime"] = eni.CreationTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        shape["InstanceId"] = eni.Attachment?.InstanceId.Value ?? "";
        shape["DeleteOnRelease"] = eni.DeleteOnRelease ?? false;
        shape["NetworkInterfaceTrafficMode"] = eni.TrafficMode.Value;
        shape["QueueNumber"] = 2;
        shape["Attachment"] = new JsonObject
        {
            ["InstanceId"] = eni.Attachment?.InstanceId.Value ?? "",
            ["DeviceIndex"] = eni.Attachment?.DeviceIndex ?? 0,
            ["NetworkCardIndex"] = eni.Attachment?.NetworkCardIndex ?? 0,
            ["TrunkNetworkInterfaceId"] = eni.Attachment?.TrunkEniId?.Value ?? "",
            ["MemberNetworkInterfaceIds"] = Wrap("MemberNetworkInterfaceId", members.Select(id => JsonValue.Create(id.Value))),
        };
        return shape;
    }

    /// <summary>The flat answer of DescribeNetworkInterfaceAttribute.</summary>
    internal static JsonObject Attribute(EniRow row, string accountId)
    {
        var shape = Described(row.Eni, row.Members, accountId);
        if (row.Eni.ConnectionTracking is { } tracking)
        {
            shape["ConnectionTrackingConfiguration"] = new JsonObject
            {
                ["TcpEstablishedTimeout"] = (int?)tracking.TcpEstablishedTimeout?.TotalSeconds,
                ["TcpClosedAndTimeWaitTimeout"] = (int?)tracking.TcpClosedAndTimeWaitTimeout?.TotalSeconds,
                ["UdpTimeout"] = (int?)tracking.UdpTimeout?.TotalSeconds,
            };
        }
        return shape;
    }

    /// <summary>The answer of an IPv4 assign: plain texts, where a describe has objects.</summary>
    internal static JsonObject AssignedIpv4(AssignedAddresses assigned) => new()
    {
        ["AssignedPrivateIpAddressesSet"] = new JsonObject
        {
            ["NetworkInterfaceId"] = assigned.EniId.Value,
            ["PrivateIpSet"] = Wrap("PrivateIpAddress", Texts(assigned.Addresses)),
            ["Ipv4PrefixSet"] = Wrap("Ipv4Prefixes", Texts(assigned.Prefixes)),
        },
    };

    /// <summary>The answer of an IPv6 assign: plain texts, where a describe has objects.</summary>
    internal static JsonObject AssignedIpv6(AssignedAddresses assigned) => new()
    {
        ["NetworkInterfaceId"] = assigned.EniId.Value,
        ["Ipv6Sets"] = Wrap("Ipv6Address", Texts(assigned.Addresses)),
        ["Ipv6PrefixSets"] = Wrap("Ipv6Prefix", Texts(assigned.Prefixes)),
    };

    internal static JsonObject Wrap(string item, IEnumerable<JsonNode?> items) => new() { [item] = new JsonArray([.. items]) };

    internal static JsonObject Tags(EquatableArray<ResourceTag> tags) =>
        Wrap("Tag", tags.Select(t => new JsonObject { ["TagKey"] = t.Key, ["TagValue"] = t.Value }));

    internal static string Mac(PhysicalAddress mac) => string.Join(':', mac.GetAddressBytes().Select(b => b.ToString("x2")));

    internal static IEnumerable<JsonObject> PrivateIps(NetworkInterface eni) =>
        eni.SecondaryIpAddresses.Prepend(eni.PrimaryIpAddress).Select((a, i) => new JsonObject
        {
            ["PrivateIpAddress"] = a.ToString(),
            ["Primary"] = i == 0,
        });

    private static IEnumerable<JsonNode?> Texts(EquatableArray<IPAddress> items) => items.Select(i => JsonValue.Create(i.ToString()));

    private static IEnumerable<JsonNode?> Texts(EquatableArray<IPNetwork> items) => items.Select(i => JsonValue.Create(i.ToString()));
}
