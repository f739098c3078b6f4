namespace Terway.Cloud;

/// <summary>A security group as <c>DescribeSecurityGroups</c> shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Type">Basic or enterprise.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceManaged">Whether a cloud service owns it.</param>
/// <param name="Tags">Its tags.</param>
public sealed record SecurityGroup(
    SecurityGroupId Id, VpcId VpcId, SecurityGroupType Type, string Name, bool ServiceManaged, EquatableArray<ResourceTag> Tags);
