namespace Terway.Policy;

/// <summary>A port of a Kubernetes rule. Without a port it means all ports of its protocol.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">A number, a range or a name; null for every port.</param>
public readonly record struct KubernetesPort(IpProtocol Protocol, PortMatch? Port = null);
