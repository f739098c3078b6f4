namespace Terway.Cni.Daemon;

/// <summary>Asks for a description of the daemon's state.</summary>
/// <param name="Subject">What to describe.</param>
/// <param name="Name">Which one, where the subject is one of many: an address, an ENI's id, a pod's NAMESPACE/NAME.</param>
public sealed record ShowRequest(ShowSubject Subject, string? Name = null);
