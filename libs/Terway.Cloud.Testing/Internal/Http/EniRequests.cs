namespace Terway.Cloud.Testing.Internal;

/// <summary>Makes the seam's ENI requests of parameters.</summary>
internal static class EniRequests
{
    private const int MaxIds = 100;

    internal static EniId Id(ParameterReader p) => new(p.Required("NetworkInterfaceId"));

    internal static CreateNetworkInterfaceRequest Create(ParameterReader p)
    {
        p.Accept("QueueNumber", "QueuePairNumber", "TxQueueSize", "RxQueueSize", "NetworkInterfaceTrafficConfig");
        var group = p.Text("SecurityGroupId");
        var groups = p.List("SecurityGroupIds", id => new SecurityGroupId(id));
        if (group is not null && !groups.IsEmpty)
            throw Refusal.Exclusive("SecurityGroupId", "SecurityGroupIds");
        return new CreateNetworkInterfaceRequest
        {
            VSwitchId = new VSwitchId(p.Required("VSwitchId")),
            SecurityGroupIds = group is null ? groups : [new SecurityGroupId(group)],
            Type = p.Text("InstanceType") is { } type ? new EniType(type) : EniType.Secondary,
            PrimaryIpAddress = p.OptionalAddress("PrimaryIpAddress"),
            SecondaryIpAddressCount = p.Count("SecondaryPrivateIpAddressCount"),
            SecondaryIpAddresses = p.Addresses("PrivateIpAddress"),
            Ipv6AddressCount = p.Count("Ipv6AddressCount"),
            Ipv6Addresses = p.Addresses("Ipv6Address"),
            Ipv4PrefixCount = p.Count("Ipv4PrefixCount"),
            Ipv4Prefixes = p.Networks("Ipv4Prefix"),
            Ipv6PrefixCount = p.Count("Ipv6PrefixCount"),
            Ipv6Prefixes = p.Networks("Ipv6Prefix"),
            ConnectionTracking = Tracking(p),
            TrafficMode = p.Text("NetworkInterfaceTrafficMode") is { } mode ? new EniTrafficMode(mode) : EniTrafficMode.Standard,
            SourceDestCheck = p.Bool("SourceDestCheck"),
            DeleteOnRelease = p.Bool("DeleteOnRelease"),
            Tags = p.Tags(),
            Name = p.Text("NetworkInterfaceName") ?? "",
            Description = p.Text("Description") ?? "",
            ResourceGroupId = p.Text("ResourceGroupId") is { } resourceGroup ? new ResourceGroupId(resourceGroup) : null,
            ClientToken = p.ClientToken(),
        };
    }

    internal static AttachNetworkInterfaceRequest Attach(ParameterReader p)
    {
        p.Accept("WaitForNetworkConfigurationReady");
        return new AttachNetworkInterfaceRequest(Id(p), new InstanceId(p.Required("InstanceId")), Trunk(p), p.Int("NetworkCardIndex"));
    }

    internal static DetachNetworkInterfaceRequest Detach(ParameterReader p) => new(Id(p), new InstanceId(p.Required("InstanceId")), Trunk(p));

    internal static ModifyNetworkInterfaceRequest Modify(ParameterReader p)
    {
        p.Accept("QueueNumber", "TxQueueSize", "RxQueueSize", "NetworkInterfaceTrafficConfig");
        return new ModifyNetworkInterfaceRequest
        {
            EniId = Id(p),
            Name = p.Text("NetworkInterfaceName"),
            Description = p.Text("Description"),
            SecurityGroupIds = p.List("SecurityGroupId", id => new SecurityGroupId(id)),
            SourceDestCheck = p.Bool("SourceDestCheck"),
            DeleteOnRelease = p.Bool("DeleteOnRelease"),
            ConnectionTracking = Tracking(p),
        };
    }

    internal static EniAttribute Attribute(ParameterReader p) => new(p.Required("Attribute"));

    internal static NetworkInterfaceQuery Query(ParameterReader p)
    {
        var query = new NetworkInterfaceQuery
        {
            Ids = p.List("NetworkInterfaceId", id => new EniId(id)),
            InstanceId = p.Text("InstanceId") is { } instance ? new InstanceId(instance) : null,
            VpcId = p.Text("VpcId") is { } vpc ? new VpcId(vpc) : null,
            VSwitchId = p.Text("VSwitchId") is { } vSwitch ? new VSwitchId(vSwitch) : null,
            SecurityGroupId = p.Text("SecurityGroupId") is { } group ? new SecurityGroupId(group) : null,
            Type = p.Text("Type") is { } type ? new EniType(type) : null,
            Status = p.Text("Status") is { } status ? new EniStatus(status) : null,
            PrivateIpAddresses = p.Addresses("PrivateIpAddress"),
            Ipv6Addresses = p.Addresses("Ipv6Address"),
            PrimaryIpAddress = p.OptionalAddress("PrimaryIpAddress"),
            Name = p.Text("NetworkInterfaceName"),
            ResourceGroupId = p.Text("ResourceGroupId") is { } resourceGroup ? new ResourceGroupId(resourceGroup) : null,
            ServiceManaged = p.Bool("ServiceManaged"),
            Tags = p.Tags(),
        };
        if (query.Ids.Count > MaxIds || query.PrivateIpAddresses.Count > MaxIds || query.Ipv6Addresses.Count > MaxIds)
            throw Refusal.Invalid("NetworkInterfaceId", $"at most {MaxIds}");
        return query;
    }

    private static EniConnectionTracking? Tracking(ParameterReader p)
    {
        const string Configuration = "ConnectionTrackingConfiguration.";
        var tracking = new EniConnectionTracking
        {
            TcpEstablishedTimeout = Seconds(p, Configuration + "TcpEstablishedTimeout"),
            TcpClosedAndTimeWaitTimeout = Seconds(p, Configuration + "TcpClosedAndTimeWaitTimeout"),
            UdpTimeout = Seconds(p, Configuration + "UdpTimeout"),
        };
        return tracking == new EniConnectionTracking() ? null : tracking;
    }

    private static TimeSpan? Seconds(ParameterReader p, string name) => p.Int(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static EniId? Trunk(ParameterReader p) => p.Text("TrunkNetworkInstanceId") is { } trunk ? new EniId(trunk) : null;
}
