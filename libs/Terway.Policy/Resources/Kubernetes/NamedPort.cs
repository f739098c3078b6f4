namespace Terway.Policy;

/// <summary>A port of a pod's container that rules may name.</summary>
/// <param name="Name">Its name, such as <c>http</c>.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Number">The container's port.</param>
public readonly record struct NamedPort(string Name, IpProtocol Protocol, ushort Number);
