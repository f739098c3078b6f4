namespace Terwayd.Node;

/// <summary>The node's name in the cluster, or the host's name without one.</summary>
internal sealed record NodeIdentity(string Name);
