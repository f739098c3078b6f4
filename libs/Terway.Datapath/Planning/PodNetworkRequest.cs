using System.Collections.Immutable;
using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>What one interface of one pod shall get: the facts that <see cref="PolicyRoutePlanner"/> plans from.</summary>
public sealed record PodNetworkRequest
{
    /// <summary>The MTU when nobody says otherwise, in bytes.</summary>
    public const int DefaultMtu = 1500;

    /// <summary>The pod's Kubernetes namespace.</summary>
    public required string PodNamespace { get; init; }

    /// <summary>The pod's name.</summary>
    public required string PodName { get; init; }

    /// <summary>The interface's name inside the pod, as the runtime asked for it.</summary>
    public string IfName { get; init; } = "eth0";

    /// <summary>The pod's IPv4 address; null without IPv4.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The pod's IPv6 address; null without IPv6.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>Whether the pod's default route leaves through this interface.</summary>
    public bool DefaultRoute { get; init; } = true;

    /// <summary>Destinations that leave through this interface beside the default route.</summary>
    public ImmutableArray<IPNetwork> ExtraRoutes { get; init; } = [];

    /// <summary>MTU of both ends, in bytes.</summary>
    public int Mtu { get; init; } = DefaultMtu;

    /// <summary>The pod end's MAC address; null derives one from the pod's name.</summary>
    public MacAddress? PodMac { get; init; }
}
