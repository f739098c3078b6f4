namespace Terway.Cni.Daemon;

/// <summary>Gives back what an attachment holds. Releasing what is not held, or is held by a newer sandbox of the same pod, succeeds and changes nothing.</summary>
public sealed record ReleaseRequest
{
    /// <summary>The name of the CNI network.</summary>
    public required string Network { get; init; }

    /// <summary>The attachment that holds the addresses.</summary>
    public required Attachment Attachment { get; init; }

    /// <summary>The attachment's pod.</summary>
    public required PodIdentity Pod { get; init; }

    /// <summary>Why, for the daemon's log: <c>del</c>, or <c>rollback: …</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the client left links in the group of deferred links, which the daemon should delete now.</summary>
    public bool DeferredLinks { get; init; }
}
