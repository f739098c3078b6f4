using System.Collections.Immutable;
using System.Net;

namespace Terway.Datapath;

/// <summary>What is known of a pod's interface when it is taken away without its plan.</summary>
/// <param name="PodNamespace">The pod's Kubernetes namespace.</param>
/// <param name="PodName">The pod's name.</param>
/// <param name="IfName">The interface inside the pod.</param>
public sealed record PodAttachment(string PodNamespace, string PodName, string IfName)
{
    /// <summary>The pod's addresses, as far as they are known; what is missing is read from the links while they are there.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>
    /// Whether the caller knows that no newer sandbox of the same pod exists. Such a one has a host link of the same name, which a late DEL
    /// of the old sandbox must not touch; without the old namespace and without an address the name alone proves nothing.
    /// </summary>
    public bool IsNewestSandbox { get; init; }
}
