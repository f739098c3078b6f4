using System.Net;

namespace Terway.Cni.Daemon;

/// <summary>A prefix that leaves through one interface of a pod.</summary>
/// <param name="Destination">The prefix.</param>
public sealed record ExtraRoute(IPNetwork Destination);
