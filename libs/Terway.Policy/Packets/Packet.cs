using System.Net;

namespace Terway.Policy;

/// <summary>The first packet of a connection, as the filter sees it: after a service's address was translated.</summary>
public sealed record Packet
{
    /// <summary>Whence.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>Whither.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>The protocol.</summary>
    public IpProtocol Protocol { get; init; } = IpProtocol.Tcp;

    /// <summary>The source port, where the protocol has ports.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>The destination port, where the protocol has ports.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>The ICMP type and code, where the protocol is ICMP or ICMPv6.</summary>
    public IcmpMatch? Icmp { get; init; }

    /// <summary>The node whose own process sends it, such as the kubelet's probe; null for what pods and strangers send.</summary>
    public string? FromNode { get; init; }
}
