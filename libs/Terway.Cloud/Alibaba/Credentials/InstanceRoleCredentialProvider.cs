using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Terway.Cloud.Alibaba;

/// <summary>Gives the temporary access key of the instance's RAM role, from the metadata service, and a new one before it ends.</summary>
/// <remarks>
/// The service offers a new key 30 minutes before the old one ends; this asks for it 20 minutes before. When it cannot be
/// had, the old one serves until its end. One request at a time.
/// </remarks>
public sealed class InstanceRoleCredentialProvider : ICredentialProvider, IDisposable
{
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(30);

    private readonly InstanceMetadataClient _metadata;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _refresh = new(1, 1);
    private volatile Held? _held;

    /// <summary>Makes a provider.</summary>
    /// <param name="metadata">The metadata service; stays the caller's.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="logger">Takes a line per new key; null for none.</param>
    public InstanceRoleCredentialProvider(
        InstanceMetadataClient metadata, TimeProvider? timeProvider = null, ILogger<InstanceRoleCredentialProvider>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        _metadata = metadata;
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<InstanceRoleCredentialProvider>.Instance;
    }

    /// <inheritdoc/>
    public async ValueTask<CloudCredential> GetCredentialAsync(CancellationToken cancellationToken = default)
    {
        if (_held is { } held && _time.GetUtcNow() < held.RefreshAt)
            return held.Credential;
        // While somebody else refreshes, a key that is still valid will do.
        if (!await _refresh.WaitAsync(Usable() is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            return Usable() ?? await GetCredentialAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _refresh.Release();
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _refresh.Dispose();

    private CloudCredential? Usable() =>
        _held is { } held && !(held.Credential.Expiration <= _time.GetUtcNow()) ? held.Credential : null;

    private async Task<CloudCredential> RefreshAsync(CancellationToken cancellationToken)
    {
        if (_held is { } fresh && _time.GetUtcNow() < fresh.RefreshAt)
            return fresh.Credential;
        try
        {
            var role = await _metadata.GetRoleNameAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new CloudApiException(MetadataPaths.RoleCredentials, CloudErrorKind.Permission, "Client.NoInstanceRole", "The instance has no RAM role.")
                {
                    Hint = "Give the instance a RAM role, or configure an access key.",
                };
            var credential = await _metadata.GetRoleCredentialAsync(role, cancellationToken).ConfigureAwait(false);
            var now = _time.GetUtcNow();
            var due = (credential.Expiration ?? DateTimeOffset.MaxValue) - RefreshBefore;
            // A service that still shows the old key is asked again a little later, not with every call.
            _held = new Held(credential, due > now ? due : now + RetryAfterFailure);
            _logger.CredentialRefreshed(role, credential.AccessKeyId, credential.Expiration);
            return credential;
        }
        catch (CloudApiException failure) when (Usable() is { } old)
        {
            _held = new Held(old, _time.GetUtcNow() + RetryAfterFailure);
            _logger.CredentialKept(failure.Code, old.Expiration);
            return old;
        }
    }

    private sealed record Held(CloudCredential Credential, DateTimeOffset RefreshAt);
}
