using System.Net;

namespace Terway.Cloud;

/// <summary>What <c>UnassignIpv6Addresses</c> takes from an ENI.</summary>
public sealed record UnassignIpv6AddressesRequest
{
    /// <summary>The ENI; Available or InUse.</summary>
    public required EniId EniId { get; init; }

    /// <summary>IPv6 addresses, at most 10.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>/80 prefixes, at most 10.</summary>
    public EquatableArray<IPNetwork> Prefixes { get; init; }
}
