using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>An ENI that the pool created, or asked the cloud to create.</summary>
public sealed record StoredEni
{
    /// <summary>The client token of the create call; it is also in a tag of the ENI.</summary>
    public required ClientToken Token { get; init; }

    /// <summary>What was asked for, exactly: repeating it with the token gives the same ENI.</summary>
    public required EniIntent Intent { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The ENI, once the outcome of the call is known.</summary>
    public LeaseEni? Eni { get; init; }

    /// <summary>True once the pool decided to give the ENI back.</summary>
    public bool Retiring { get; init; }

    /// <summary>True while a tag of the ENI says that the pool is to leave it as it is.</summary>
    public bool Excluded { get; init; }
}
