using System.Net;

namespace Terway.Cloud.Testing;

/// <summary>A vSwitch to make in the emulator.</summary>
public sealed record VSwitchSpec
{
    /// <summary>Its VPC.</summary>
    public required VpcId VpcId { get; init; }

    /// <summary>Its zone.</summary>
    public required ZoneId ZoneId { get; init; }

    /// <summary>Its IPv4 addresses, /16 to /29, inside the VPC's.</summary>
    public required IPNetwork Cidr { get; init; }

    /// <summary>Its IPv6 addresses (/64), null where IPv6 is off.</summary>
    public IPNetwork? Ipv6Cidr { get; init; }

    /// <summary>The part of <see cref="Cidr"/> that prefixes come from, if any.</summary>
    public IPNetwork? PrefixReservation { get; init; }

    /// <summary>The part of <see cref="Ipv6Cidr"/> that prefixes come from, if any.</summary>
    public IPNetwork? Ipv6PrefixReservation { get; init; }

    /// <summary>Its id; null lets the emulator choose.</summary>
    public VSwitchId? Id { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }
}
