using System.Net;

namespace Terway.Cloud;

/// <summary>What <c>CreateNetworkInterface</c> shall make.</summary>
/// <remarks>Addresses and prefixes of one family exclude each other, and so do a list and a count of the same thing.</remarks>
public sealed record CreateNetworkInterfaceRequest
{
    /// <summary>The vSwitch that decides zone, VPC and addresses.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>Security groups of the same VPC and kind: at least one, at most 5, or 10 or 16 where the account was given more.</summary>
    public required EquatableArray<SecurityGroupId> SecurityGroupIds { get; init; }

    /// <summary><see cref="EniType.Secondary"/> or <see cref="EniType.Trunk"/>.</summary>
    public EniType Type { get; init; } = EniType.Secondary;

    /// <summary>A wanted primary address; null lets the cloud pick one.</summary>
    public IPAddress? PrimaryIpAddress { get; init; }

    /// <summary>How many further IPv4 addresses to make at once: 0 to 49.</summary>
    public int SecondaryIpAddressCount { get; init; }

    /// <summary>Wanted further IPv4 addresses, at most 10.</summary>
    public EquatableArray<IPAddress> SecondaryIpAddresses { get; init; }

    /// <summary>How many IPv6 addresses to make at once: 0 to 10.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>Wanted IPv6 addresses, at most 10.</summary>
    public EquatableArray<IPAddress> Ipv6Addresses { get; init; }

    /// <summary>How many IPv4 prefixes (/28) to make at once: 0 to 10.</summary>
    public int Ipv4PrefixCount { get; init; }

    /// <summary>Wanted IPv4 prefixes (/28), at most 10.</summary>
    public EquatableArray<IPNetwork> Ipv4Prefixes { get; init; }

    /// <summary>How many IPv6 prefixes (/80) to make at once: 0 to 10.</summary>
    public int Ipv6PrefixCount { get; init; }

    /// <summary>Wanted IPv6 prefixes (/80), at most 10.</summary>
    public EquatableArray<IPNetwork> Ipv6Prefixes { get; init; }

    /// <summary>How it moves packets.</summary>
    public EniTrafficMode TrafficMode { get; init; } = EniTrafficMode.Standard;

    /// <summary>Whether packets of foreign addresses are dropped; null leaves the account's default.</summary>
    public bool? SourceDestCheck { get; init; }

    /// <summary>Whether it is deleted with its instance; null leaves the cloud's default.</summary>
    public bool? DeleteOnRelease { get; init; }

    /// <summary>At most 20 tags.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }

    /// <summary>2 to 128 characters, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>2 to 256 characters, or empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The resource group, if any.</summary>
    public ResourceGroupId? ResourceGroupId { get; init; }

    /// <summary>How long the cloud remembers idle connections; null leaves its defaults.</summary>
    public EniConnectionTracking? ConnectionTracking { get; init; }

    /// <summary>The idempotency token; null lets the client choose one and keep it through its retries.</summary>
    public ClientToken? ClientToken { get; init; }
}
