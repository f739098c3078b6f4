using System.Net;

namespace Terway.Cloud;

/// <summary>What <c>AssignIpv6Addresses</c> adds to an ENI: exactly one of the four.</summary>
public sealed record AssignIpv6AddressesRequest
{
    /// <summary>The ENI; Available or InUse.</summary>
    public required EniId EniId { get; init; }

    /// <summary>How many addresses to pick: 1 to 10.</summary>
    public int Count { get; init; }

    /// <summary>These addresses, at most 10.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>How many /80 prefixes to pick: 1 to 10.</summary>
    public int PrefixCount { get; init; }

    /// <summary>These /80 prefixes, at most 10.</summary>
    public EquatableArray<IPNetwork> Prefixes { get; init; }

    /// <summary>The idempotency token; null lets the client choose one and keep it through its retries.</summary>
    public ClientToken? ClientToken { get; init; }
}
