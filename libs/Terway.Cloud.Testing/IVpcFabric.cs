namespace Terway.Cloud.Testing;

/// <summary>Where the emulator's state changes become real: a sandbox makes an attached ENI appear as a link.</summary>
/// <remarks>
/// Calls come one at a time and in the order of the changes, never under a lock; a call may take its time.
/// The emulator completes the change after the call has returned: an ENI is InUse once <see cref="AttachedAsync"/> is
/// through, and an assign is answered once <see cref="AddressesChangedAsync"/> is.
/// </remarks>
public interface IVpcFabric
{
    /// <summary>An ENI becomes part of an instance; also called for the primary ENI of a new instance.</summary>
    /// <param name="eni">The ENI as it will be: InUse, with its attachment and all addresses.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">The emulator is going away.</param>
    /// <remarks>When it throws, the attach has failed and the ENI is Available again.</remarks>
    ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken);

    /// <summary>An ENI leaves an instance.</summary>
    /// <param name="eni">The ENI as it was.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">The emulator is going away.</param>
    /// <remarks>When it throws, the ENI hangs in Detaching until it is detached once more.</remarks>
    ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken);

    /// <summary>The addresses, security groups or checks of an attached ENI have changed.</summary>
    /// <param name="eni">The whole ENI as it is now.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">The emulator is going away.</param>
    /// <remarks>When it throws, the call is answered with <c>InternalError</c>.</remarks>
    ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken);
}
