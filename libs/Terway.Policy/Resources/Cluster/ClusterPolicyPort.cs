namespace Terway.Policy;

/// <summary>A port of a <see cref="ClusterPolicyRule"/>.</summary>
/// <param name="Protocol">TCP, UDP or SCTP; null for a name, which is meant for whatever protocol the pod has it.</param>
/// <param name="Port">A number, a range or a name; null for every port of the protocol.</param>
public readonly record struct ClusterPolicyPort(IpProtocol? Protocol, PortMatch? Port);
