namespace Terway.Policy;

/// <summary>A rule of a Calico policy: it matches where all that it states is true.</summary>
public sealed record CalicoRule
{
    /// <summary>What happens to a packet that matches.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>The version of IP; null for both. ICMP implies 4, ICMPv6 implies 6.</summary>
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
    public CalicoEntity Source { get; init; } = CalicoEntity.Anything;

    /// <summary>What the destination must be.</summary>
    public CalicoEntity Destination { get; init; } = CalicoEntity.Anything;

    /// <summary>Notes that come with the rule.</summary>
    public LabelSet Annotations { get; init; } = LabelSet.Empty;
}
