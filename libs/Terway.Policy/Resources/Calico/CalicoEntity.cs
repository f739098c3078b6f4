using System.Net;

namespace Terway.Policy;

/// <summary>The source or destination of a Calico rule. Lists are OR inside; everything stated is joined by AND.</summary>
/// <remarks>
/// Addresses of one version say nothing of the other: a rule whose <see cref="Nets"/> or <see cref="NotNets"/> hold none of a packet's
/// version does not match it, so <c>notNets: [10.0.0.0/8]</c> matches no IPv6 packet.
/// </remarks>
public sealed record CalicoEntity
{
    /// <summary>The entity that restricts nothing.</summary>
    public static CalicoEntity Anything { get; } = new();

    /// <summary>Blocks, one of which holds the address.</summary>
    public EquatableArray<IPNetwork> Nets { get; init; }

    /// <summary>Blocks, none of which holds the address.</summary>
    public EquatableArray<IPNetwork> NotNets { get; init; }

    /// <summary>Endpoints and network sets, one of which has the address.</summary>
    public Selector? Selector { get; init; }

    /// <summary>Endpoints and network sets, none of which has the address; true of addresses that nothing known has.</summary>
    public Selector? NotSelector { get; init; }

    /// <summary>Where endpoints and network sets are looked for; null means a namespaced policy's own namespace, or everywhere.</summary>
    public Selector? NamespaceSelector { get; init; }

    /// <summary>Names of service accounts, of which the pod runs under one.</summary>
    public EquatableArray<string> ServiceAccountNames { get; init; }

    /// <summary>The labels of the service account that the pod runs under.</summary>
    public Selector? ServiceAccountSelector { get; init; }

    /// <summary>Ports, of which it is one.</summary>
    public EquatableArray<PortMatch> Ports { get; init; }

    /// <summary>Ports, of which it is none.</summary>
    public EquatableArray<PortMatch> NotPorts { get; init; }
}
