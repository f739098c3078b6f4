namespace Terway.Cni.Daemon;

/// <summary>The content of one reply frame: an error, or the part that the request's operation answers with. Release and status answer with neither.</summary>
public sealed record DaemonReply
{
    /// <summary>The request's id; empty when the request could not be read.</summary>
    public required string RequestId { get; init; }

    /// <summary>Why the request failed; absent when it succeeded.</summary>
    public DaemonError? Error { get; init; }

    /// <summary>Answer to allocate; and to inspect, where its absence says that the attachment holds nothing.</summary>
    public Allocation? Allocation { get; init; }

    /// <summary>Answer to collect.</summary>
    public CollectReply? Collected { get; init; }

    /// <summary>Answer to show: a JSON document as text.</summary>
    public string? Document { get; init; }
}
