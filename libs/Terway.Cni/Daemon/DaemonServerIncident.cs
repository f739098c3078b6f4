namespace Terway.Cni.Daemon;

/// <summary>Something on a connection that no service method sees.</summary>
/// <param name="Peer">The process at the other end, when known.</param>
/// <param name="RequestId">The request, when it was read.</param>
/// <param name="Error">What happened.</param>
/// <param name="Cause">The exception behind it.</param>
public sealed record DaemonServerIncident(PeerCredentials? Peer, string? RequestId, DaemonError Error, Exception? Cause = null);
