using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>What was learnt about the node from the cloud, so that a restart need not ask again.</summary>
public sealed record StoredNode
{
    /// <summary>The instance that the store belongs to.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>The instance type that the limits are of.</summary>
    public required InstanceTypeId InstanceType { get; init; }

    /// <summary>ENIs of the instance type, the primary one included.</summary>
    public required int EniQuantity { get; init; }

    /// <summary>IPv4 addresses of one ENI, its primary one included.</summary>
    public required int Ipv4PerEni { get; init; }

    /// <summary>IPv6 addresses of one ENI.</summary>
    public required int Ipv6PerEni { get; init; }

    /// <summary>Whether the cloud has been asked once for all ENIs of this node since the store was made.</summary>
    public bool Swept { get; init; }

    /// <summary>Whether the addresses of the one-time warm-up have been there.</summary>
    public bool WarmedUp { get; init; }

    /// <summary>The security groups of the primary ENI, when they were asked for.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroups { get; init; }

    /// <summary>Attached ENIs that are known not to be the pool's.</summary>
    public EquatableArray<EniId> ForeignEnis { get; init; }
}
