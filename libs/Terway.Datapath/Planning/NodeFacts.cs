using System.Net;

namespace Terway.Datapath;

/// <summary>What is known of the node itself; <see cref="NodeFactsReader"/> reads it from the kernel.</summary>
public sealed record NodeFacts
{
    /// <summary>The node's IPv4 address: that of the link which carries the default route; null without IPv4.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The node's IPv6 address; null without IPv6.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>The link that carries the node's default route. It is never treated as an ENI for pods.</summary>
    public string? PrimaryLink { get; init; }

    /// <summary>
    /// Whether the primary link learns its IPv6 default route from router advertisements (<c>accept_ra = 1</c>).
    /// The kernel drops that route when the node begins to forward, unless it is told to go on listening.
    /// </summary>
    public bool PrimaryAcceptsRouterAdvertisements { get; init; }
}
