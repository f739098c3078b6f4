namespace Terway.Ipam;

/// <summary>What the node does when an ENI comes and goes; the datapath's side of the pool.</summary>
/// <remarks>Calls for one ENI never overlap. Every call is repeated after a restart, so it must be idempotent.
/// A failure that may pass is an <see cref="IOException"/>; any other exception is a defect and ends <see cref="EniPool.RunAsync"/>.</remarks>
public interface INodeLinks
{
    /// <summary>Waits until the link of an ENI that is being attached shows up, so that the pool asks the cloud about it right then
    /// and not at its next look. Calls for several ENIs run side by side.</summary>
    /// <param name="eni">The ENI that the cloud was asked to attach.</param>
    /// <param name="cancellationToken">Ends the wait, at the latest after <see cref="EniPoolOptions.TransitionTimeout"/>.</param>
    /// <returns>True when the link is there; false at once, the default, when this node cannot tell.</returns>
    /// <exception cref="IOException">The node cannot be asked now; the pool goes on without.</exception>
    ValueTask<bool> AppearedAsync(LeaseEni eni, CancellationToken cancellationToken) => new(false);

    /// <summary>Waits until the ENI's link is there and makes it ready; no address of the ENI is leased before this returns.</summary>
    /// <param name="eni">The ENI that the cloud has attached.</param>
    /// <param name="cancellationToken">Ends the wait; the pool gives it <see cref="EniPoolOptions.PrepareTimeout"/>.</param>
    /// <exception cref="IOException">The link cannot be made ready now; the pool tries again, then gives the ENI back.</exception>
    ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken);

    /// <summary>Removes what <see cref="PrepareAsync"/> made, before the ENI is detached.</summary>
    /// <param name="eni">The ENI that will be detached, or that was found gone.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">Something could not be removed; it is logged and the ENI detached all the same.</exception>
    ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken);
}
