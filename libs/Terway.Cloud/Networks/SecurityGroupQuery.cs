namespace Terway.Cloud;

/// <summary>Which security groups <c>DescribeSecurityGroups</c> returns: those that meet every condition given.</summary>
public sealed record SecurityGroupQuery
{
    /// <summary>These groups, at most 100.</summary>
    public EquatableArray<SecurityGroupId> Ids { get; init; }

    /// <summary>Those of this VPC.</summary>
    public VpcId? VpcId { get; init; }

    /// <summary>Those that have all of these tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
