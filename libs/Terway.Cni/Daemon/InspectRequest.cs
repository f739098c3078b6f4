namespace Terway.Cni.Daemon;

/// <summary>Asks what an attachment holds.</summary>
public sealed record InspectRequest
{
    /// <summary>The name of the CNI network.</summary>
    public required string Network { get; init; }

    /// <summary>The attachment in question. When the pod's addresses belong to another sandbox by now, the answer is "nothing".</summary>
    public required Attachment Attachment { get; init; }

    /// <summary>The attachment's pod.</summary>
    public required PodIdentity Pod { get; init; }
}
