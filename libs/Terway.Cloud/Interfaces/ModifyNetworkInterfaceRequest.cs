namespace Terway.Cloud;

/// <summary>What <c>ModifyNetworkInterfaceAttribute</c> changes; null leaves a value as it is.</summary>
public sealed record ModifyNetworkInterfaceRequest
{
    /// <summary>The ENI.</summary>
    public required EniId EniId { get; init; }

    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new description.</summary>
    public string? Description { get; init; }

    /// <summary>The new whole list of security groups; empty leaves it. Not on a primary ENI.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroupIds { get; init; }

    /// <summary>Whether packets of foreign addresses are dropped. Not on a primary ENI.</summary>
    public bool? SourceDestCheck { get; init; }

    /// <summary>Whether it is deleted with its instance. Not on a primary ENI.</summary>
    public bool? DeleteOnRelease { get; init; }

    /// <summary>How long the cloud remembers idle connections. Not on a primary ENI.</summary>
    public EniConnectionTracking? ConnectionTracking { get; init; }
}
