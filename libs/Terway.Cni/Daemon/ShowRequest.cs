namespace Terway.Cni.Daemon;

/// <summary>Asks for a description of the daemon's state.</summary>
/// <param name="Subject">What to describe.</param>
public sealed record ShowRequest(ShowSubject Subject);
