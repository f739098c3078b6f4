namespace Terway.Cni.Daemon;

/// <summary>Where plugins leave releases that they could not bring to the daemon: a folder, see <see cref="PendingReleases"/>, or a simulation's memory.</summary>
public interface IPendingReleases
{
    /// <summary>Leaves a release for the daemon. It appears whole or not at all; leaving the same release again replaces it.</summary>
    /// <param name="request">The release.</param>
    void Add(ReleaseRequest request);

    /// <summary>Forgets the release of an attachment; true when there was one.</summary>
    /// <param name="network">The attachment's network.</param>
    /// <param name="attachment">The attachment.</param>
    bool Remove(string network, Attachment attachment);

    /// <summary>True when a release of the attachment waits.</summary>
    /// <param name="network">The attachment's network.</param>
    /// <param name="attachment">The attachment.</param>
    bool Contains(string network, Attachment attachment);

    /// <summary>The releases that wait. What is not a release is given to <paramref name="onUnreadable"/> and stays.</summary>
    /// <param name="onUnreadable">Told where it is and the reason.</param>
    IReadOnlyList<ReleaseRequest> List(Action<string, Exception> onUnreadable);
}
