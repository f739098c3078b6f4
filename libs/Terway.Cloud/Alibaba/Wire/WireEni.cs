namespace Terway.Cloud.Alibaba;

/// <summary>One ENI: an item of DescribeNetworkInterfaces, and the flat answer of CreateNetworkInterface.</summary>
internal sealed record WireEni : IWireAnswer
{
    public string? RequestId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    public string? MacAddress { get; init; }

    public string? VpcId { get; init; }

    public string? VSwitchId { get; init; }

    public string? ZoneId { get; init; }

    public string? InstanceId { get; init; }

    public string? PrivateIpAddress { get; init; }

    public string? NetworkInterfaceName { get; init; }

    public string? Description { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? CreationTime { get; init; }

    public string? NetworkInterfaceTrafficMode { get; init; }

    public bool? ServiceManaged { get; init; }

    public bool? SourceDestCheck { get; init; }

    public bool? DeleteOnRelease { get; init; }

    public WireGroupIds? SecurityGroupIds { get; init; }

    public WirePrivateIps? PrivateIpSets { get; init; }

    public WireIpv6s? Ipv6Sets { get; init; }

    public WireIpv4Prefixes? Ipv4PrefixSets { get; init; }

    public WireIpv6Prefixes? Ipv6PrefixSets { get; init; }

    public WireTags? Tags { get; init; }

    public WireAttachment? Attachment { get; init; }

    public WireConnectionTracking? ConnectionTrackingConfiguration { get; init; }
}

internal sealed record WireGroupIds(string?[]? SecurityGroupId);

internal sealed record WirePrivateIps(WirePrivateIp?[]? PrivateIpSet);

internal sealed record WirePrivateIp(string? PrivateIpAddress, bool? Primary);

internal sealed record WireIpv6s(WireIpv6?[]? Ipv6Set);

internal sealed record WireIpv6(string? Ipv6Address);

internal sealed record WireIpv4Prefixes(WireIpv4Prefix?[]? Ipv4PrefixSet);

internal sealed record WireIpv4Prefix(string? Ipv4Prefix);

internal sealed record WireIpv6Prefixes(WireIpv6Prefix?[]? Ipv6PrefixSet);

internal sealed record WireIpv6Prefix(string? Ipv6Prefix);

internal sealed record WireTags(WireTag?[]? Tag);

/// <summary>A tag; some actions say Key and Value, some TagKey and TagValue.</summary>
internal sealed record WireTag(string? TagKey, string? TagValue, string? Key, string? Value);

internal sealed record WireAttachment(
    string? InstanceId, int? DeviceIndex, int? NetworkCardIndex, string? TrunkNetworkInterfaceId, WireMemberIds? MemberNetworkInterfaceIds);

internal sealed record WireMemberIds(string?[]? MemberNetworkInterfaceId);

/// <summary>Times in seconds.</summary>
internal sealed record WireConnectionTracking(int? TcpEstablishedTimeout, int? TcpClosedAndTimeWaitTimeout, int? UdpTimeout);
