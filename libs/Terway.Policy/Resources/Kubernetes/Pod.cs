using System.Net;

namespace Terway.Policy;

/// <summary>A Kubernetes Pod, as far as policy looks at it.</summary>
public sealed record Pod : Resource
{
    /// <inheritdoc/>
    public override ResourceKey Key => ResourceKey.Pod(Namespace, Name);

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>The node it was scheduled to; null before that.</summary>
    public string? Node { get; init; }

    /// <summary>The service account it runs under, if it names one.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Its addresses, of one family or both.</summary>
    public EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>The named ports of its containers and init containers.</summary>
    public EquatableArray<NamedPort> Ports { get; init; }

    /// <summary>Whether it shares the node's network; such a pod is neither subject nor peer.</summary>
    public bool IsHostNetwork { get; init; }

    /// <summary>Whether its processes have ended for good and its addresses may be another's already.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Whether it is an endpoint: scheduled, with an address, on a network of its own, not finished.</summary>
    public bool IsEndpoint => Node is not null && !Addresses.IsEmpty && !IsHostNetwork && !IsFinished;
}
