namespace Terway.Ipam;

/// <summary>A failure that the pool met by itself, kept for <c>show</c> and for the answer to a waiting pod.</summary>
public sealed record PoolFault
{
    /// <summary>The stable code, one of <see cref="IpamErrorCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What was attempted, such as <c>AssignPrivateIpAddresses</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>On what: an ENI, a vSwitch, an address.</summary>
    public required string Subject { get; init; }

    /// <summary>Why it failed, with the cloud's own code and request id where there are any.</summary>
    public required string Reason { get; init; }

    /// <summary>What would help.</summary>
    public required string Hint { get; init; }

    /// <summary>Who can do something about it.</summary>
    public required FaultOwner Owner { get; init; }

    /// <summary>When it was met last (UTC).</summary>
    public required DateTimeOffset At { get; init; }
}
