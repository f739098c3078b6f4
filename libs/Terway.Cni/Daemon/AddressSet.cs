using System.Net;

namespace Terway.Cni.Daemon;

/// <summary>An address per family; a family that is absent is null.</summary>
/// <param name="IPv4">The IPv4 address.</param>
/// <param name="IPv6">The IPv6 address.</param>
public sealed record AddressSet(
    IPAddress? IPv4 = null,
    IPAddress? IPv6 = null)
{
    /// <summary>No address of either family.</summary>
    public static AddressSet None { get; } = new();
}
