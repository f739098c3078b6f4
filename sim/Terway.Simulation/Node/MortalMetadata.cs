using System.Net.NetworkInformation;
using Terway.Cloud;

namespace Terway.Simulation;

/// <summary>The metadata service as one life of the daemon reaches it; in bad weather it sometimes does not answer.</summary>
internal sealed class MortalMetadata(IInstanceMetadata metadata, Reaper reaper, Weather weather, FaultCounts faults) : IInstanceMetadata
{
    public Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken = default) =>
        CallAsync("metadata instance", () => metadata.GetInstanceAsync(cancellationToken));

    public Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken = default) =>
        CallAsync("metadata macs", () => metadata.GetMacAddressesAsync(cancellationToken));

    public Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken = default) =>
        CallAsync("metadata interface", () => metadata.GetInterfaceAsync(macAddress, cancellationToken));

    private Task<T> CallAsync<T>(string action, Func<Task<T>> call) => reaper.CallAsync(
        () =>
        {
            if (!weather.FailsMetadata())
                return call();
            faults.Add("metadata unavailable");
            throw new CloudApiException(action, CloudErrorKind.Retryable, "Simulated", "the metadata service does not answer");
        },
        weather.Kill);
}
