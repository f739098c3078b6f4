using System.Net;
using Terway.Cni.Daemon;
using Terway.Ipam;

namespace Terwayd.Node;

/// <summary>
/// The node's side of the datapath: what the daemon does in the kernel. The pod's own network is made by the plugin; the daemon
/// prepares what pods share, and mends or removes the host side of a pod when no plugin is there to do it.
/// </summary>
internal interface INodeNetwork : INodeLinks
{
    /// <summary>The node's own addresses.</summary>
    AddressSet HostAddresses { get; }

    /// <summary>MTU of the link that carries the node's default route, in bytes.</summary>
    int PrimaryMtu { get; }

    /// <summary>Makes the node forward, and remembers the MTU of the pods for the ENIs to come; idempotent.</summary>
    void PrepareNode(int podMtu);

    /// <summary>The addresses that the kernel shows in use by pods.</summary>
    IReadOnlyList<ObservedAttachment> Observe();

    /// <summary>Whether the host end of the pod's link is there.</summary>
    bool HasHostLink(Lease lease);

    /// <summary>Whether the sandbox's namespace is there, as far as its path can be seen from here.</summary>
    bool HasNamespace(string netNsPath);

    /// <summary>Makes the host side of the pod as planned, and says in iproute2's words what was not; empty when all was well.</summary>
    IReadOnlyList<string> RepairHostSide(Lease lease);

    /// <summary>Makes the node's side of the ENI as planned, and says what was not; empty when all was well, or its link is not there.</summary>
    IReadOnlyList<string> RepairEni(LeaseEni eni);

    /// <summary>Removes the rules of our form whose address is stale, and says which.</summary>
    IReadOnlyList<string> RemoveStaleRules(Func<IPAddress, bool> isStale);

    /// <summary>Removes the host side of the pod; succeeds when nothing is left to remove.</summary>
    void RemoveHostSide(Lease lease);

    /// <summary>Deletes the links that DELs put aside: at start, soon after each request, and now and then.</summary>
    Task ReapLinksAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the links that DELs put aside to be deleted soon.</summary>
    void RequestReaping();
}
