namespace Terway.Cloud;

/// <summary>Which vSwitches <c>DescribeVSwitches</c> returns: those that meet every condition given.</summary>
public sealed record VSwitchQuery
{
    /// <summary>This vSwitch.</summary>
    public VSwitchId? Id { get; init; }

    /// <summary>Those of this VPC.</summary>
    public VpcId? VpcId { get; init; }

    /// <summary>Those of this zone.</summary>
    public ZoneId? ZoneId { get; init; }

    /// <summary>Those that have all of these tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
