using System.Net.NetworkInformation;

namespace Terway.Cloud;

/// <summary>The metadata service of the instance that this program runs on.</summary>
/// <remarks>Safe for concurrent use. Failures are <see cref="CloudApiException"/>, with the path as the action.</remarks>
public interface IInstanceMetadata
{
    /// <summary>What the instance is. Asked once, then remembered.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken = default);

    /// <summary>The MAC addresses of all attached ENIs, the primary one included, trunk members not.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken = default);

    /// <summary>One attached ENI, or null when the service does not list it (yet, or any more).</summary>
    /// <param name="macAddress">Its MAC address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken = default);
}
