using System.Net;

namespace Terway.Policy;

/// <summary>A peer or the subject of a <see cref="ClusterPolicy"/>: pods by their namespaces and their own labels, or address blocks.</summary>
public sealed record ClusterPolicyPeer
{
    /// <summary>Every address.</summary>
    public static ClusterPolicyPeer Everybody { get; } = new() { Networks = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")] };

    /// <summary>Namespaces by their labels.</summary>
    public LabelSelector Namespaces { get; init; } = LabelSelector.Everything;

    /// <summary>Pods of these namespaces by their labels.</summary>
    public LabelSelector Pods { get; init; } = LabelSelector.Everything;

    /// <summary>Address blocks, pods' addresses among them, instead of pods; empty where pods are meant.</summary>
    public EquatableArray<IPNetwork> Networks { get; init; }
}
