using System.Collections.Immutable;

namespace Terway.Sandbox.Manifests;

/// <summary>What the sandbox takes from a Pod object.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="NodeName"><c>spec.nodeName</c>; <c>null</c> lets the sandbox spread.</param>
/// <param name="Ports">The container ports. On each one a TCP and a UDP listener answer what they get.</param>
/// <param name="HostNetwork"><c>spec.hostNetwork</c>: the pod lives in its node's network namespace and no plugin is called.</param>
internal sealed record PodManifest(PodName Name, string? NodeName, ImmutableArray<int> Ports, bool HostNetwork);
