using System.Net;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>vSwitches, types, instances and security groups as the cloud's JSON.</summary>
internal static class OtherShapes
{
    internal static JsonObject VSwitch(VSwitch value) => new()
    {
        ["VSwitchId"] = value.Id.Value,
        ["VpcId"] = value.VpcId.Value,
        ["ZoneId"] = value.ZoneId.Value,
        ["Status"] = "Available",
        ["CidrBlock"] = value.Cidr.ToString(),
        ["Ipv6CidrBlock"] = value.Ipv6Cidr?.ToString() ?? "",
        ["EnabledIpv6"] = value.Ipv6Cidr is not null,
        ["AvailableIpAddressCount"] = value.AvailableIpAddressCount,
        ["IsDefault"] = false,
        ["VSwitchName"] = value.Name,
        // The VPC product names the parts of a tag Key and Value.
        ["Tags"] = EniShape.Wrap("Tag", value.Tags.Select(t => new JsonObject { ["Key"] = t.Key, ["Value"] = t.Value })),
    };

    internal static JsonObject Type(InstanceTypeLimits value) => new()
    {
        ["InstanceTypeId"] = value.InstanceType.Value,
        ["InstanceTypeFamily"] = value.InstanceType.Value[..value.InstanceType.Value.LastIndexOf('.')],
        ["CpuCoreCount"] = value.CpuCoreCount,
        ["MemorySize"] = value.MemorySize,
        ["CpuArchitecture"] = "X86",
        ["EniQuantity"] = value.EniQuantity,
        ["EniTotalQuantity"] = value.EniTotalQuantity,
        ["EniPrivateIpAddressQuantity"] = value.Ipv4PerEni,
        ["EniIpv6AddressQuantity"] = value.Ipv6PerEni,
        ["EniTrunkSupported"] = value.TrunkSupported,
        ["EriQuantity"] = value.EriQuantity,
        ["InstanceBandwidthRx"] = value.BandwidthRx,
        ["InstanceBandwidthTx"] = value.BandwidthTx,
        ["NetworkCardQuantity"] = Math.Max(1, value.NetworkCards.Count),
        ["NetworkCards"] = EniShape.Wrap("NetworkCardInfo", value.NetworkCards.Select(i => new JsonObject { ["NetworkCardIndex"] = i })),
    };

    internal static JsonObject Instance(Instance value, IReadOnlyList<NetworkInterface> enis) => new()
    {
        ["InstanceId"] = value.Id.Value,
        ["InstanceName"] = value.Name,
        ["InstanceType"] = value.InstanceType.Value,
        ["Status"] = value.Status.Value,
        ["RegionId"] = value.RegionId.Value,
        ["ZoneId"] = value.ZoneId.Value,
        ["InstanceNetworkType"] = "vpc",
        ["VpcAttributes"] = new JsonObject
        {
            ["VpcId"] = value.VpcId.Value,
            ["VSwitchId"] = value.VSwitchId.Value,
            ["NatIpAddress"] = "",
            ["PrivateIpAddress"] = EniShape.Wrap("IpAddress", value.PrivateIpAddresses.Select(a => JsonValue.Create(a.ToString()))),
        },
        ["SecurityGroupIds"] = EniShape.Wrap("SecurityGroupId", value.SecurityGroupIds.Select(id => JsonValue.Create(id.Value))),
        ["NetworkInterfaces"] = EniShape.Wrap("NetworkInterface", enis.Select(eni => new JsonObject
        {
            ["NetworkInterfaceId"] = eni.Id.Value,
            ["MacAddress"] = EniShape.Mac(eni.MacAddress),
            ["PrimaryIpAddress"] = eni.PrimaryIpAddress.ToString(),
            ["Type"] = eni.Type.Value,
            ["PrivateIpSets"] = EniShape.Wrap("PrivateIpSet", EniShape.PrivateIps(eni)),
        })),
        ["Tags"] = EniShape.Tags(value.Tags),
    };

    internal static JsonObject AssumedRole(AssumedRole role) => new()
    {
        ["Credentials"] = new JsonObject
        {
            ["AccessKeyId"] = role.Credential.AccessKeyId,
            ["AccessKeySecret"] = role.Credential.AccessKeySecret,
            ["SecurityToken"] = role.Credential.SecurityToken,
            ["Expiration"] = role.Credential.Expiration!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        },
        ["AssumedRoleUser"] = new JsonObject { ["Arn"] = $"{role.Arn}/{role.SessionName}", ["AssumedRoleId"] = $"emulated:{role.SessionName}" },
        ["OIDCTokenInfo"] = new JsonObject { ["Subject"] = role.Subject, ["Issuer"] = role.Issuer },
    };

    internal static JsonObject Group(SecurityGroup value) => new()
    {
        ["SecurityGroupId"] = value.Id.Value,
        ["SecurityGroupName"] = value.Name,
        ["SecurityGroupType"] = value.Type.Value,
        ["VpcId"] = value.VpcId.Value,
        ["ServiceManaged"] = value.ServiceManaged,
        ["Tags"] = EniShape.Tags(value.Tags),
    };
}
