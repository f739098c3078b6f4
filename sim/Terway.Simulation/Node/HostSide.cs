using System.Net;

namespace Terway.Simulation;

/// <summary>The host end of a pod's link, with the route to the pod. It goes with the sandbox's namespace.</summary>
internal sealed class HostSide(string pod, string netNs, IPAddress address, string eniMac)
{
    internal string Pod { get; } = pod;

    internal string NetNs { get; } = netNs;

    internal IPAddress Address { get; } = address;

    internal string EniMac { get; } = eniMac;

    /// <summary>Whether the route to the pod is there.</summary>
    internal bool HasRoute { get; set; } = true;
}
