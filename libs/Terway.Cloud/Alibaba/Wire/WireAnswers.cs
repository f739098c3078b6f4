namespace Terway.Cloud.Alibaba;

/// <summary>The answer of an action that returns nothing.</summary>
internal sealed record WireDone(string? RequestId) : IWireAnswer;

internal sealed record WireEniPage(string? RequestId, string? NextToken, WireEniSet? NetworkInterfaceSets) : IWireAnswer;

internal sealed record WireEniSet(WireEni?[]? NetworkInterfaceSet);

internal sealed record WireAssignedIpv4(string? RequestId, WireAssignedIpv4Set? AssignedPrivateIpAddressesSet) : IWireAnswer;

/// <summary>Plain texts here, where a describe has objects.</summary>
internal sealed record WireAssignedIpv4Set(string? NetworkInterfaceId, WireAssignedIps? PrivateIpSet, WireAssignedPrefixes? Ipv4PrefixSet);

internal sealed record WireAssignedIps(string?[]? PrivateIpAddress);

internal sealed record WireAssignedPrefixes(string?[]? Ipv4Prefixes);

internal sealed record WireAssignedIpv6(string? RequestId, string? NetworkInterfaceId, WireAssignedIpv6s? Ipv6Sets, WireAssignedIpv6Prefixes? Ipv6PrefixSets) : IWireAnswer;

internal sealed record WireAssignedIpv6s(string?[]? Ipv6Address);

internal sealed record WireAssignedIpv6Prefixes(string?[]? Ipv6Prefix);

internal sealed record WireVSwitchPage(string? RequestId, int? TotalCount, WireVSwitchSet? VSwitches) : IWireAnswer;

internal sealed record WireVSwitchSet(WireVSwitch?[]? VSwitch);

internal sealed record WireVSwitch
{
    public string? VSwitchId { get; init; }

    public string? VpcId { get; init; }

    public string? ZoneId { get; init; }

    public string? CidrBlock { get; init; }

    public string? Ipv6CidrBlock { get; init; }

    public long? AvailableIpAddressCount { get; init; }

    public string? VSwitchName { get; init; }

    public WireTags? Tags { get; init; }
}

internal sealed record WireTypePage(string? RequestId, string? NextToken, WireTypeSet? InstanceTypes) : IWireAnswer;

internal sealed record WireTypeSet(WireType?[]? InstanceType);

internal sealed record WireType
{
    public string? InstanceTypeId { get; init; }

    public int? CpuCoreCount { get; init; }

    public double? MemorySize { get; init; }

    public int? EniQuantity { get; init; }

    public int? EniTotalQuantity { get; init; }

    public int? EniPrivateIpAddressQuantity { get; init; }

    public int? EniIpv6AddressQuantity { get; init; }

    public bool? EniTrunkSupported { get; init; }

    public int? EriQuantity { get; init; }

    public long? InstanceBandwidthRx { get; init; }

    public long? InstanceBandwidthTx { get; init; }

    public WireNetworkCards? NetworkCards { get; init; }
}

internal sealed record WireNetworkCards(WireNetworkCard?[]? NetworkCardInfo);

internal sealed record WireNetworkCard(int? NetworkCardIndex);

internal sealed record WireInstancePage(string? RequestId, string? NextToken, WireInstanceSet? Instances) : IWireAnswer;

internal sealed record WireInstanceSet(WireInstance?[]? Instance);

internal sealed record WireInstance
{
    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? InstanceType { get; init; }

    public string? Status { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public WireVpcAttributes? VpcAttributes { get; init; }

    public WireGroupIds? SecurityGroupIds { get; init; }

    public WireInstanceEnis? NetworkInterfaces { get; init; }

    public WireTags? Tags { get; init; }
}

internal sealed record WireVpcAttributes(string? VpcId, string? VSwitchId, WireIpAddresses? PrivateIpAddress);

internal sealed record WireIpAddresses(string?[]? IpAddress);

internal sealed record WireInstanceEnis(WireInstanceEni?[]? NetworkInterface);

internal sealed record WireInstanceEni(string? NetworkInterfaceId);

internal sealed record WireGroupPage(string? RequestId, string? NextToken, WireGroupSet? SecurityGroups) : IWireAnswer;

internal sealed record WireGroupSet(WireGroup?[]? SecurityGroup);

internal sealed record WireGroup(
    string? SecurityGroupId, string? SecurityGroupName, string? SecurityGroupType, string? VpcId, bool? ServiceManaged, WireTags? Tags);
