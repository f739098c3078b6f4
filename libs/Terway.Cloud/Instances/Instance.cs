using System.Net;

namespace Terway.Cloud;

/// <summary>An ECS instance as <c>DescribeInstances</c> shows it, to the extent that networking needs.</summary>
public sealed record Instance
{
    /// <summary>Its id.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>Its type.</summary>
    public required InstanceTypeId InstanceType { get; init; }

    /// <summary>Its state.</summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>Its region.</summary>
    public required RegionId RegionId { get; init; }

    /// <summary>Its zone.</summary>
    public required ZoneId ZoneId { get; init; }

    /// <summary>Its VPC.</summary>
    public required VpcId VpcId { get; init; }

    /// <summary>The vSwitch of its primary ENI.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>Its name, empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The addresses of its primary ENI.</summary>
    public EquatableArray<IPAddress> PrivateIpAddresses { get; init; }

    /// <summary>The security groups of its primary ENI.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroupIds { get; init; }

    /// <summary>The ENIs that are attached.</summary>
    public EquatableArray<EniId> NetworkInterfaceIds { get; init; }

    /// <summary>Its tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
