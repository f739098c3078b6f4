using System.Net;

namespace Terway.Cloud;

/// <summary>Which ENIs <c>DescribeNetworkInterfaces</c> returns: those that meet every condition given.</summary>
/// <remarks>Without any condition: all ENIs of the region.</remarks>
public sealed record NetworkInterfaceQuery
{
    /// <summary>These ENIs; those that do not exist are simply missing in the answer. Any number (sent in groups of 100).</summary>
    public EquatableArray<EniId> Ids { get; init; }

    /// <summary>Those attached to this instance.</summary>
    public InstanceId? InstanceId { get; init; }

    /// <summary>Those of this VPC.</summary>
    public VpcId? VpcId { get; init; }

    /// <summary>Those of this vSwitch.</summary>
    public VSwitchId? VSwitchId { get; init; }

    /// <summary>Secondary ENIs in this security group.</summary>
    public SecurityGroupId? SecurityGroupId { get; init; }

    /// <summary>Those of this type.</summary>
    public EniType? Type { get; init; }

    /// <summary>Those in this state.</summary>
    public EniStatus? Status { get; init; }

    /// <summary>Those that carry one of these IPv4 addresses, at most 100.</summary>
    public EquatableArray<IPAddress> PrivateIpAddresses { get; init; }

    /// <summary>Those that carry one of these IPv6 addresses, at most 100.</summary>
    public EquatableArray<IPAddress> Ipv6Addresses { get; init; }

    /// <summary>The one with this primary IPv4 address.</summary>
    public IPAddress? PrimaryIpAddress { get; init; }

    /// <summary>Those with this name.</summary>
    public string? Name { get; init; }

    /// <summary>Those of this resource group.</summary>
    public ResourceGroupId? ResourceGroupId { get; init; }

    /// <summary>Those that a cloud service owns (true) or does not own (false).</summary>
    public bool? ServiceManaged { get; init; }

    /// <summary>Those that have all of these tags, at most 20.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
