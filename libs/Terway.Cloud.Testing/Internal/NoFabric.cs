namespace Terway.Cloud.Testing.Internal;

/// <summary>The fabric of an emulator that has none: every change is in place at once.</summary>
internal sealed class NoFabric : IVpcFabric
{
    public ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => default;

    public ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => default;

    public ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => default;
}
