using System.Net.NetworkInformation;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The metadata service of one instance as the seam, without HTTP.</summary>
internal sealed class InMemoryMetadata(CloudEmulator emulator, InstanceId id) : IInstanceMetadata
{
    public Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken) =>
        AskAsync(() => InstanceView.Identity(emulator.World, id));

    public Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken) =>
        AskAsync(() => Published().Select(eni => eni.MacAddress).ToEquatableArray());

    public Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken) =>
        AskAsync(() => Published().FirstOrDefault(eni => eni.MacAddress.Equals(macAddress)));

    private EquatableArray<MetadataInterface> Published()
    {
        lock (emulator.World.Gate)
            return emulator.World.Instance(id).Published;
    }

    /// <summary>An instance that was released has no metadata service, as over HTTP.</summary>
    private static Task<T> AskAsync<T>(Func<T> read)
    {
        try
        {
            return Task.FromResult(read());
        }
        catch (Refusal refusal)
        {
            return Task.FromException<T>(new CloudApiException("metadata", CloudErrorKind.NotFound, "Http404", refusal.Message) { HttpStatus = 404 });
        }
    }
}
