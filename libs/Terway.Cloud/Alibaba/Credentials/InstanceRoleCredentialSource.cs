namespace Terway.Cloud.Alibaba;

/// <summary>The temporary access key of the instance's RAM role, from the metadata service.</summary>
public sealed class InstanceRoleCredentialSource : ICredentialSource
{
    private readonly InstanceMetadataClient _metadata;

    /// <summary>Makes a source.</summary>
    /// <param name="metadata">The metadata service; stays the caller's.</param>
    public InstanceRoleCredentialSource(InstanceMetadataClient metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        _metadata = metadata;
    }

    /// <inheritdoc/>
    public string Name => "the instance's RAM role";

    /// <inheritdoc/>
    public string WhenAbsent => "The instance has no RAM role. Give the instance a RAM role, or configure an access key.";

    /// <inheritdoc/>
    public async Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default) =>
        await _metadata.GetRoleNameAsync(cancellationToken).ConfigureAwait(false) is { } role
            ? await _metadata.GetRoleCredentialAsync(role, cancellationToken).ConfigureAwait(false)
            : null;
}
