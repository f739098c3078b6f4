using System.Net;

namespace Terway.Cloud.Testing;

/// <summary>An instance to make in the emulator, Running and with its primary ENI attached.</summary>
public sealed record InstanceSpec
{
    /// <summary>Its type, one of <see cref="InstanceTypeCatalog"/> or one that was added.</summary>
    public required InstanceTypeId InstanceType { get; init; }

    /// <summary>The vSwitch of its primary ENI.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>The security groups of its primary ENI.</summary>
    public required EquatableArray<SecurityGroupId> SecurityGroupIds { get; init; }

    /// <summary>The wanted primary address, or null.</summary>
    public IPAddress? PrivateIpAddress { get; init; }

    /// <summary>Its id; null lets the emulator choose.</summary>
    public InstanceId? Id { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The RAM role that it has, or null; see <see cref="CloudEmulator.AddRole"/>.</summary>
    public string? RoleName { get; init; }

    /// <summary>Whether its metadata service refuses requests without a token (hardened mode).</summary>
    public bool MetadataTokenRequired { get; init; }

    /// <summary>Its tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
