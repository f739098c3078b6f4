using System.Net;

namespace Terway.Cloud;

/// <summary>What <c>AssignPrivateIpAddresses</c> adds to an ENI: exactly one of the four.</summary>
public sealed record AssignPrivateIpAddressesRequest
{
    /// <summary>The ENI; Available or InUse.</summary>
    public required EniId EniId { get; init; }

    /// <summary>How many addresses to pick, 1 or more.</summary>
    public int Count { get; init; }

    /// <summary>These addresses.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>How many /28 prefixes to pick: 1 to 10.</summary>
    public int PrefixCount { get; init; }

    /// <summary>These /28 prefixes, at most 10.</summary>
    public EquatableArray<IPNetwork> Prefixes { get; init; }

    /// <summary>The idempotency token; null lets the client choose one and keep it through its retries.</summary>
    public ClientToken? ClientToken { get; init; }
}
