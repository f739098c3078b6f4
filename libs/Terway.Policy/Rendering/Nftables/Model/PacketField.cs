namespace Terway.Policy.Nftables;

/// <summary>What a rule asks of a packet. A field that the packet does not have matches nothing, negated or not.</summary>
public enum PacketField
{
    /// <summary>The name of the link it came in by, <c>meta iifname</c>.</summary>
    InputInterface,

    /// <summary>The name of the link it goes out by, <c>meta oifname</c>.</summary>
    OutputInterface,

    /// <summary>The version of IP as netfilter numbers it, <c>meta nfproto</c>: 2 for IPv4, 10 for IPv6.</summary>
    NetworkProtocol,

    /// <summary>The protocol above IP, <c>meta l4proto</c>.</summary>
    TransportProtocol,

    /// <summary><c>ip saddr</c>.</summary>
    SourceAddressV4,

    /// <summary><c>ip daddr</c>.</summary>
    DestinationAddressV4,

    /// <summary><c>ip6 saddr</c>.</summary>
    SourceAddressV6,

    /// <summary><c>ip6 daddr</c>.</summary>
    DestinationAddressV6,

    /// <summary><c>th sport</c>.</summary>
    SourcePort,

    /// <summary><c>th dport</c>.</summary>
    DestinationPort,

    /// <summary><c>icmp type</c>.</summary>
    IcmpType,

    /// <summary><c>icmp code</c>.</summary>
    IcmpCode,

    /// <summary><c>icmpv6 type</c>.</summary>
    IcmpV6Type,

    /// <summary><c>icmpv6 code</c>.</summary>
    IcmpV6Code,
}
