using System.Net;
using System.Net.NetworkInformation;

namespace Terway.Cloud;

/// <summary>What the metadata service says about one attached ENI; it follows the API with a short delay.</summary>
public sealed record MetadataInterface
{
    /// <summary>Its MAC address.</summary>
    public required PhysicalAddress MacAddress { get; init; }

    /// <summary>Its id.</summary>
    public required EniId Id { get; init; }

    /// <summary>Its primary IPv4 address.</summary>
    public required IPAddress PrimaryIpAddress { get; init; }

    /// <summary>Its other IPv4 addresses.</summary>
    public EquatableArray<IPAddress> SecondaryIpAddresses { get; init; }

    /// <summary>Its IPv6 addresses.</summary>
    public EquatableArray<IPAddress> Ipv6Addresses { get; init; }

    /// <summary>Its IPv4 prefixes.</summary>
    public EquatableArray<IPNetwork> Ipv4Prefixes { get; init; }

    /// <summary>Its IPv6 prefixes.</summary>
    public EquatableArray<IPNetwork> Ipv6Prefixes { get; init; }

    /// <summary>Its vSwitch.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>The vSwitch's IPv4 addresses.</summary>
    public required IPNetwork VSwitchCidr { get; init; }

    /// <summary>The vSwitch's IPv6 addresses, null where IPv6 is off.</summary>
    public IPNetwork? VSwitchIpv6Cidr { get; init; }

    /// <summary>The IPv4 gateway.</summary>
    public required IPAddress Gateway { get; init; }

    /// <summary>The IPv6 gateway, null where IPv6 is off.</summary>
    public IPAddress? Ipv6Gateway { get; init; }
}
