using System.Net;

namespace Terway.Cloud;

/// <summary>A vSwitch as <c>DescribeVSwitches</c> shows it.</summary>
public sealed record VSwitch
{
    /// <summary>Its id.</summary>
    public required VSwitchId Id { get; init; }

    /// <summary>Its VPC.</summary>
    public required VpcId VpcId { get; init; }

    /// <summary>Its zone.</summary>
    public required ZoneId ZoneId { get; init; }

    /// <summary>Its IPv4 addresses; the first and the last three are the cloud's own.</summary>
    public required IPNetwork Cidr { get; init; }

    /// <summary>Its IPv6 addresses (/64), null where IPv6 is off.</summary>
    public IPNetwork? Ipv6Cidr { get; init; }

    /// <summary>How many IPv4 addresses are free.</summary>
    public required long AvailableIpAddressCount { get; init; }

    /// <summary>Its name, empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
