using System.Net.NetworkInformation;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The metadata service of one instance as the seam, without HTTP.</summary>
internal sealed class InMemoryMetadata(CloudEmulator emulator, InstanceId id) : IInstanceMetadata
{
    public Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken) => Task.FromResult(InstanceView.Identity(emulator.World, id));

    public Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken)
    {
        lock (emulator.World.Gate)
            return Task.FromResult(emulator.World.Instance(id).Published.Select(eni => eni.MacAddress).ToEquatableArray());
    }

    public Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken) =>
        Task.FromResult(emulator.FindPublished(id, macAddress));
}
