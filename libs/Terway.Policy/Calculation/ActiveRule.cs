namespace Terway.Policy;

/// <summary>A rule as a dataplane renders it: it matches where all that it states is true.</summary>
/// <param name="Index">The rule's index in its list of the object as it is written; several rules may come from one.</param>
/// <param name="Action">What happens to a packet that matches.</param>
public sealed record ActiveRule(int Index, RuleAction Action)
{
    /// <summary>The version of IP; null for both.</summary>
    public IpVersion? IpVersion { get; init; }

    /// <summary>The protocol; null for all.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>A protocol that it must not be.</summary>
    public IpProtocol? NotProtocol { get; init; }

    /// <summary>The ICMP type and code.</summary>
    public IcmpMatch? Icmp { get; init; }

    /// <summary>An ICMP type and code that it must not be, both together.</summary>
    public IcmpMatch? NotIcmp { get; init; }

    /// <summary>What the source must be.</summary>
    public ActiveEntity Source { get; init; } = ActiveEntity.Anything;

    /// <summary>What the destination must be.</summary>
    public ActiveEntity Destination { get; init; } = ActiveEntity.Anything;
}
