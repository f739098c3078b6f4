namespace Terway.Cloud;

/// <summary>Which instances <c>DescribeInstances</c> returns: those that meet every condition given.</summary>
public sealed record InstanceQuery
{
    /// <summary>These instances, at most 100.</summary>
    public EquatableArray<InstanceId> Ids { get; init; }

    /// <summary>Those of this VPC.</summary>
    public VpcId? VpcId { get; init; }

    /// <summary>Those of this zone.</summary>
    public ZoneId? ZoneId { get; init; }

    /// <summary>Those that have all of these tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
