
namespace Terway.Cni.Daemon;

/// <summary>What a pod's traffic is limited to.</summary>
public sealed record PodLimits
{
    /// <summary>Towards the pod, bytes per second; 0 is unlimited.</summary>
    public ulong Ingress { get; init; }

    /// <summary>From the pod, bytes per second; 0 is unlimited.</summary>
    public ulong Egress { get; init; }

    /// <summary>The pod's network priority: <c>guaranteed</c>, <c>burstable</c>, <c>best-effort</c>.</summary>
    public string? NetworkPriority { get; init; }
}
