using Microsoft.Extensions.Logging;

namespace Terway.Cloud.Alibaba;

/// <summary>Gives the temporary access key of the instance's RAM role, from the metadata service, and a new one before it ends.</summary>
/// <remarks>A <see cref="RefreshingCredentialProvider"/> on an <see cref="InstanceRoleCredentialSource"/>, ready made.</remarks>
public sealed class InstanceRoleCredentialProvider : ICredentialProvider, IRenewableCredentials, IDisposable
{
    private readonly RefreshingCredentialProvider _provider;

    /// <summary>Makes a provider.</summary>
    /// <param name="metadata">The metadata service; stays the caller's.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="logger">Takes a line per new key; null for none.</param>
    public InstanceRoleCredentialProvider(
        InstanceMetadataClient metadata, TimeProvider? timeProvider = null, ILogger<InstanceRoleCredentialProvider>? logger = null) =>
        _provider = new RefreshingCredentialProvider(
            new InstanceRoleCredentialSource(metadata), new CredentialRefreshOptions { TimeProvider = timeProvider ?? TimeProvider.System }, (ILogger?)logger);

    /// <inheritdoc/>
    public ValueTask<CloudCredential> GetCredentialAsync(CancellationToken cancellationToken = default) => _provider.GetCredentialAsync(cancellationToken);

    /// <inheritdoc/>
    public void Renew(CloudCredential refused) => _provider.Renew(refused);

    /// <summary>Ends what is running.</summary>
    public void Dispose() => _provider.Dispose();
}
