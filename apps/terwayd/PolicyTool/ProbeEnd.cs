using System.Net;
using Terway.Policy;

namespace Terwayd.PolicyTool;

/// <summary>What a name in a probe stands for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Pod">The pod, if it is one with a network of its own.</param>
/// <param name="Node">The node whose own process sends, if it is a node or a pod on a node's network.</param>
internal sealed record ProbeEnd(string Name, EquatableArray<IPAddress> Addresses, Pod? Pod = null, string? Node = null);
