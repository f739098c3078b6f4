using System.Net;
using System.Net.NetworkInformation;

namespace Terway.Cloud;

/// <summary>What the metadata service says about the instance that asks; it does not change while the instance runs.</summary>
public sealed record InstanceIdentity
{
    /// <summary>The instance.</summary>
    public required InstanceId InstanceId { get; init; }

    /// <summary>Its type.</summary>
    public required InstanceTypeId InstanceType { get; init; }

    /// <summary>Its region.</summary>
    public required RegionId RegionId { get; init; }

    /// <summary>Its zone.</summary>
    public required ZoneId ZoneId { get; init; }

    /// <summary>Its VPC.</summary>
    public required VpcId VpcId { get; init; }

    /// <summary>The VPC's IPv4 addresses.</summary>
    public required IPNetwork VpcCidr { get; init; }

    /// <summary>The vSwitch of its primary ENI.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>The MAC address of its primary ENI.</summary>
    public required PhysicalAddress PrimaryMacAddress { get; init; }
}
