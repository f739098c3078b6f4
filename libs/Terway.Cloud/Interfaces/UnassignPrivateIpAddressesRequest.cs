using System.Net;

namespace Terway.Cloud;

/// <summary>What <c>UnassignPrivateIpAddresses</c> takes from an ENI: addresses or prefixes, not both.</summary>
public sealed record UnassignPrivateIpAddressesRequest
{
    /// <summary>The ENI; Available or InUse.</summary>
    public required EniId EniId { get; init; }

    /// <summary>Secondary addresses, at most 32.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>/28 prefixes, at most 10.</summary>
    public EquatableArray<IPNetwork> Prefixes { get; init; }
}
