namespace Terway.Cni.Daemon;

/// <summary>
/// What a daemon does for its clients. Each method throws <see cref="DaemonException"/> to answer with a coded error;
/// the token is cancelled at the request's deadline, when the client hangs up, and when the server stops.
/// </summary>
public interface IDaemonService
{
    /// <summary>Gives the attachment its network.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Undo and leave.</param>
    Task<Allocation> AllocateAsync(RequestOrigin origin, AllocateRequest request, CancellationToken cancellationToken);

    /// <summary>Takes back what the attachment holds.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Leave.</param>
    Task ReleaseAsync(RequestOrigin origin, ReleaseRequest request, CancellationToken cancellationToken);

    /// <summary>What the attachment holds, or null.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="request">The attachment.</param>
    /// <param name="cancellationToken">Leave.</param>
    Task<Allocation?> InspectAsync(RequestOrigin origin, InspectRequest request, CancellationToken cancellationToken);

    /// <summary>Releases what none of the given attachments holds.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="request">The network and its valid attachments.</param>
    /// <param name="cancellationToken">Leave.</param>
    Task<CollectReply> CollectAsync(RequestOrigin origin, CollectRequest request, CancellationToken cancellationToken);

    /// <summary>Returns when an allocation would succeed now; otherwise throws why not.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="cancellationToken">Leave.</param>
    Task StatusAsync(RequestOrigin origin, CancellationToken cancellationToken);

    /// <summary>Describes the daemon's state as a JSON document.</summary>
    /// <param name="origin">Who asks.</param>
    /// <param name="request">What to describe.</param>
    /// <param name="cancellationToken">Leave.</param>
    Task<string> ShowAsync(RequestOrigin origin, ShowRequest request, CancellationToken cancellationToken);
}
