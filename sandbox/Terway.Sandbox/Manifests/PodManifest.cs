using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Sandbox.Manifests;

/// <summary>What the sandbox takes from a Pod object.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="NodeName"><c>spec.nodeName</c>; <c>null</c> lets the sandbox spread.</param>
/// <param name="Ports">The container ports. On each one a TCP and a UDP listener answer what they get.</param>
/// <param name="HostNetwork"><c>spec.hostNetwork</c>: the pod lives in its node's network namespace and no plugin is called.</param>
internal sealed record PodManifest(PodName Name, string? NodeName, ImmutableArray<int> Ports, bool HostNetwork)
{
    /// <summary>Those of the ports that have a name, by which probes may ask for them.</summary>
    public ImmutableArray<NamedPort> NamedPorts { get; init; } = [];

    /// <summary>The object as it is written; <c>null</c> of a pod that no manifest describes.</summary>
    public JsonElement? Written { get; init; }
}

/// <summary>A container's port with a name.</summary>
internal readonly record struct NamedPort(string Name, string Protocol, int Number);
