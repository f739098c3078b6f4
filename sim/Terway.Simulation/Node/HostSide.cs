using System.Net;

namespace Terway.Simulation;

/// <summary>The host end of a pod's link, with the route to the pod. It goes with the sandbox's namespace.</summary>
internal sealed class HostSide(string pod, string netNs, IReadOnlyList<IPAddress> addresses, string eniMac)
{
    internal string Pod { get; } = pod;

    internal string NetNs { get; } = netNs;

    /// <summary>The pod's addresses, IPv4 first.</summary>
    internal IReadOnlyList<IPAddress> Addresses { get; } = addresses;

    internal string EniMac { get; } = eniMac;

    /// <summary>Whether the routes to the pod are there.</summary>
    internal bool HasRoute { get; set; } = true;
}
