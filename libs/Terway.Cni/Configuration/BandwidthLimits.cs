
namespace Terway.Cni;

/// <summary>Limits of a container's traffic, as the runtime states them (capability <c>bandwidth</c>).</summary>
public sealed record BandwidthLimits
{
    /// <summary>Towards the container, bits per second; 0 is unlimited.</summary>
    public ulong IngressRate { get; init; }

    /// <summary>From the container, bits per second; 0 is unlimited.</summary>
    public ulong EgressRate { get; init; }
}
