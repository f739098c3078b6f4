using System.Net;

namespace Terway.Cni.Daemon;

/// <summary>A prefix per family; a family that is absent is null.</summary>
/// <param name="IPv4">The IPv4 prefix.</param>
/// <param name="IPv6">The IPv6 prefix.</param>
public sealed record NetworkSet(
    IPNetwork? IPv4 = null,
    IPNetwork? IPv6 = null)
{
    /// <summary>No prefix of either family.</summary>
    public static NetworkSet None { get; } = new();
}
