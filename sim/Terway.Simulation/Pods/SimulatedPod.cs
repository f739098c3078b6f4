using System.Net;
using Terway.Cloud;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Ipam;

namespace Terway.Simulation;

/// <summary>A sandbox of a pod, as the world outside the daemon sees it.</summary>
internal sealed class SimulatedPod
{
    internal const string Network = "terway";

    internal SimulatedPod(int number, string name)
    {
        Identity = new PodIdentity("story", name, $"uid-{number}");
        Key = Identity.ToString();
        Attachment = new Attachment($"sandbox-{number}", "eth0");
        Lease = new AttachmentKey(Attachment.ContainerId, Attachment.IfName);
        NetNs = $"/run/netns/{number}";
    }

    internal PodIdentity Identity { get; }

    /// <summary>The pod's name in the kernel: a later sandbox of the same pod has the same.</summary>
    internal string Key { get; }

    internal Attachment Attachment { get; }

    internal AttachmentKey Lease { get; }

    internal string NetNs { get; }

    internal PodStage Stage { get; set; }

    /// <summary>Counts the ADDs, so that an answer to an earlier one is recognised.</summary>
    internal int Attempt { get; set; }

    internal DateTimeOffset AskedAt { get; set; }

    internal CancellationTokenSource? Cancel { get; set; }

    /// <summary>Whether its last ADD was cancelled while it waited: nothing may come of it any more.</summary>
    internal bool IsCancelled { get; set; }

    /// <summary>What the pod has on its interface, and of which ENI.</summary>
    internal IReadOnlyList<IPAddress> Addresses { get; set; } = [];

    internal EniId Eni { get; set; }

    internal string Mac { get; set; } = "";

    /// <summary>Somebody else took its address or ENI away.</summary>
    internal bool IsSabotaged { get; set; }

    /// <summary>The store was lost under it: the daemon knows its address from the kernel, but not whose it is.</summary>
    internal bool IsNameless { get; set; }

    /// <summary>Somebody removed its rules or its route; the daemon has not mended them yet.</summary>
    internal bool IsDrifted { get; set; }

    /// <summary>The addresses that there are, IPv4 first.</summary>
    internal static IReadOnlyList<IPAddress> AddressesOf(IPAddress? v4, IPAddress? v6) => (v4, v6) switch
    {
        (null, null) => [],
        (_, null) => [v4!],
        (null, _) => [v6!],
        _ => [v4!, v6!],
    };

    /// <summary>The addresses for messages.</summary>
    internal string Told => string.Join('+', Addresses);

    internal AllocateRequest Allocate => new() { Network = Network, Attachment = Attachment, Pod = Identity, NetNs = NetNs };

    internal ReleaseRequest Release(string reason) => new() { Network = Network, Attachment = Attachment, Pod = Identity, Reason = reason };

    internal InspectRequest Inspect => new() { Network = Network, Attachment = Attachment, Pod = Identity };
}
