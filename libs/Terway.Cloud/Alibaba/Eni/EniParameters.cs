namespace Terway.Cloud.Alibaba;

/// <summary>The parameters of the larger ENI actions.</summary>
internal static class EniParameters
{
    internal static RpcParameters Create(CreateNetworkInterfaceRequest request) => new RpcParameters()
        .Add("VSwitchId", request.VSwitchId.Value)
        .AddList("SecurityGroupIds", request.SecurityGroupIds)
        .Add("InstanceType", request.Type.Value)
        .Add("PrimaryIpAddress", request.PrimaryIpAddress?.ToString())
        .AddCount("SecondaryPrivateIpAddressCount", request.SecondaryIpAddressCount)
        .AddList("PrivateIpAddress", request.SecondaryIpAddresses)
        .AddCount("Ipv6AddressCount", request.Ipv6AddressCount)
        .AddList("Ipv6Address", request.Ipv6Addresses)
        .AddCount("Ipv4PrefixCount", request.Ipv4PrefixCount)
        .AddList("Ipv4Prefix", request.Ipv4Prefixes)
        .AddCount("Ipv6PrefixCount", request.Ipv6PrefixCount)
        .AddList("Ipv6Prefix", request.Ipv6Prefixes)
        .Add("NetworkInterfaceTrafficMode", request.TrafficMode == EniTrafficMode.Standard ? null : request.TrafficMode.Value)
        .Add("SourceDestCheck", request.SourceDestCheck)
        .Add("DeleteOnRelease", request.DeleteOnRelease)
        .AddTags(request.Tags)
        .Add("NetworkInterfaceName", request.Name)
        .Add("Description", request.Description)
        .Add("ResourceGroupId", request.ResourceGroupId?.Value)
        .AddConnectionTracking(request.ConnectionTracking);

    internal static RpcParameters Query(NetworkInterfaceQuery query, EquatableArray<EniId> ids) => new RpcParameters()
        .AddList("NetworkInterfaceId", ids)
        .Add("InstanceId", query.InstanceId?.Value)
        .Add("VpcId", query.VpcId?.Value)
        .Add("VSwitchId", query.VSwitchId?.Value)
        .Add("SecurityGroupId", query.SecurityGroupId?.Value)
        .Add("Type", query.Type?.Value)
        .Add("Status", query.Status?.Value)
        .AddList("PrivateIpAddress", query.PrivateIpAddresses)
        .AddList("Ipv6Address", query.Ipv6Addresses)
        .Add("PrimaryIpAddress", query.PrimaryIpAddress?.ToString())
        .Add("NetworkInterfaceName", query.Name)
        .Add("ResourceGroupId", query.ResourceGroupId?.Value)
        .Add("ServiceManaged", query.ServiceManaged)
        .AddTags(query.Tags);

    internal static RpcParameters Assign(AssignPrivateIpAddressesRequest request) => new RpcParameters()
        .Add("NetworkInterfaceId", request.EniId.Value)
        .AddCount("SecondaryPrivateIpAddressCount", request.Count)
        .AddList("PrivateIpAddress", request.Addresses)
        .AddCount("Ipv4PrefixCount", request.PrefixCount)
        .AddList("Ipv4Prefix", request.Prefixes);

    internal static RpcParameters Assign(AssignIpv6AddressesRequest request) => new RpcParameters()
        .Add("NetworkInterfaceId", request.EniId.Value)
        .AddCount("Ipv6AddressCount", request.Count)
        .AddList("Ipv6Address", request.Addresses)
        .AddCount("Ipv6PrefixCount", request.PrefixCount)
        .AddList("Ipv6Prefix", request.Prefixes);
}
