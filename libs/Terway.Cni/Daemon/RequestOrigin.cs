namespace Terway.Cni.Daemon;

/// <summary>Where a request comes from.</summary>
/// <param name="RequestId">The invocation's name, for the log of everything that is done for it.</param>
/// <param name="Peer">The process that asks.</param>
public sealed record RequestOrigin(string RequestId, PeerCredentials Peer);
