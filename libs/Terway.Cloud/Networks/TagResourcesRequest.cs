namespace Terway.Cloud;

/// <summary>Which resources <c>TagResources</c> tags; a tag with the same key is replaced.</summary>
/// <param name="ResourceType">The kind: <c>eni</c>, <c>instance</c> or <c>securitygroup</c>.</param>
/// <param name="ResourceIds">1 to 50 ids of that kind.</param>
/// <param name="Tags">1 to 20 tags.</param>
public sealed record TagResourcesRequest(string ResourceType, EquatableArray<string> ResourceIds, EquatableArray<ResourceTag> Tags)
{
    /// <summary>The resource type of ENIs.</summary>
    public const string EniResourceType = "eni";
}
