using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>The parameters of a create call, as they were sent.</summary>
public sealed record EniIntent
{
    /// <summary>The vSwitch.</summary>
    public required VSwitchId VSwitch { get; init; }

    /// <summary>IPv4 addresses, the primary one included.</summary>
    public required int Addresses { get; init; }

    /// <summary>IPv6 addresses.</summary>
    public int Ipv6Addresses { get; init; }

    /// <summary>The security groups.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroups { get; init; }

    /// <summary>The tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }

    /// <summary>The resource group, if any.</summary>
    public ResourceGroupId? ResourceGroup { get; init; }
}
