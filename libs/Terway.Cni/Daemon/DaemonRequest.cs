namespace Terway.Cni.Daemon;

/// <summary>The content of one request frame. Exactly the part that <see cref="Operation"/> names is present; status has none.</summary>
public sealed record DaemonRequest
{
    /// <summary>The version of the contract that the client speaks.</summary>
    public int Version { get; init; } = DaemonContract.Version;

    /// <summary>Names this invocation in the logs of both sides; letters, digits and hyphens, at most 64.</summary>
    public required string RequestId { get; init; }

    /// <summary>What is asked.</summary>
    public required DaemonOperation Operation { get; init; }

    /// <summary>The part of <see cref="DaemonOperation.Allocate"/>.</summary>
    public AllocateRequest? Allocate { get; init; }

    /// <summary>The part of <see cref="DaemonOperation.Release"/>.</summary>
    public ReleaseRequest? Release { get; init; }

    /// <summary>The part of <see cref="DaemonOperation.Inspect"/>.</summary>
    public InspectRequest? Inspect { get; init; }

    /// <summary>The part of <see cref="DaemonOperation.Collect"/>.</summary>
    public CollectRequest? Collect { get; init; }

    /// <summary>The part of <see cref="DaemonOperation.Show"/>.</summary>
    public ShowRequest? Show { get; init; }
}
