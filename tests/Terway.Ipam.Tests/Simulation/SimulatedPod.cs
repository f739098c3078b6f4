using System.Net;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>A pod as the world outside the pool sees it.</summary>
internal sealed class SimulatedPod(int number, AddressFamilies families)
{
    public AttachmentKey Attachment { get; } = new($"sandbox-{number}", "eth0");

    public PodKey Key { get; } = new("story", $"pod-{number % 97}");

    public PodStage Stage { get; set; }

    /// <summary>The request under way.</summary>
    public Task<Lease>? Asking { get; set; }

    public CancellationTokenSource? Cancel { get; set; }

    /// <summary>What the pod has on its interface.</summary>
    public Lease? Lease { get; set; }

    /// <summary>What a lease gives.</summary>
    public static IEnumerable<IPAddress> AddressesOf(Lease lease) => new[] { lease.IPv4, lease.IPv6 }.OfType<IPAddress>();

    /// <summary>The program was killed inside its release: the store may have it or not.</summary>
    public bool MayBeReleased { get; set; }

    /// <summary>Somebody else took its address or ENI away.</summary>
    public bool Sabotaged { get; set; }

    public LeaseRequest Request => new() { Attachment = Attachment, Pod = Key, PodUid = $"uid-{Attachment.ContainerId}", Families = families };
}

internal enum PodStage
{
    /// <summary>The runtime asked, and waits for the answer.</summary>
    Asking,

    /// <summary>The request failed, or its answer was lost: the runtime will ask again, or give up.</summary>
    Unanswered,

    /// <summary>The pod uses its address.</summary>
    Running,

    /// <summary>The pod is gone; its release is not confirmed yet.</summary>
    Leaving,

    /// <summary>The pod is gone without a release: only a collection can find it.</summary>
    Forgotten,
}
