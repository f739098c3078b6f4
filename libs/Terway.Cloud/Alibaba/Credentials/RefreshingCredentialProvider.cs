using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Terway.Cloud.Alibaba;

/// <summary>Keeps the credential of a source and replaces it in time.</summary>
/// <remarks>
/// However many callers ask at once, the source is asked once. While a new credential is on its way the old one serves, so that no
/// call waits for a rotation; only when there is none that is valid do callers wait. When no new one can be had, the old one
/// serves until its end. A caller that gives up does not end the request that others wait for.
/// </remarks>
public sealed class RefreshingCredentialProvider : ICredentialProvider, IRenewableCredentials, IDisposable
{
    private readonly ICredentialSource _source;
    private readonly CredentialRefreshOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private volatile Held? _held;
    private Task<CloudCredential>? _running;
    private (string AccessKeyId, DateTimeOffset AskAgainAt)? _refused;

    /// <summary>Makes a provider.</summary>
    /// <param name="source">Where credentials come from; stays the caller's.</param>
    /// <param name="options">When they are replaced; null for the defaults.</param>
    /// <param name="logger">Takes a line per new credential; null for none.</param>
    public RefreshingCredentialProvider(
        ICredentialSource source, CredentialRefreshOptions? options = null, ILogger<RefreshingCredentialProvider>? logger = null)
        : this(source, options, (ILogger?)logger)
    {
    }

    internal RefreshingCredentialProvider(ICredentialSource source, CredentialRefreshOptions? options, ILogger? logger)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _options = options ?? new CredentialRefreshOptions();
        _logger = logger ?? NullLogger.Instance;
    }

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    /// <inheritdoc/>
    public ValueTask<CloudCredential> GetCredentialAsync(CancellationToken cancellationToken = default)
    {
        var now = Now;
        if (_held is { } held && now < held.RefreshAt)
            return ValueTask.FromResult(held.Credential);
        var refresh = EnsureRefreshing(now);
        return UsableAt(now) is { } old && !refresh.IsCompletedSuccessfully
            ? ValueTask.FromResult(old)
            : new ValueTask<CloudCredential>(refresh.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Renew(CloudCredential refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        lock (_gate)
        {
            if (_held is not { } held || !ReferenceEquals(held.Credential, refused))
                return;
            // A source that gave the refused credential once more is not asked with every call.
            if (_refused is { } last && last.AccessKeyId == refused.AccessKeyId && Now < last.AskAgainAt)
                return;
            _refused = (refused.AccessKeyId, Now + _options.RetryAfterFailure);
            _held = null;
        }
    }

    /// <summary>Ends what is running.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private CloudCredential? UsableAt(DateTimeOffset now) =>
        _held is { } held && !(held.Credential.Expiration <= now) ? held.Credential : null;

    /// <summary>The one refresh that runs, or a new one.</summary>
    private Task<CloudCredential> EnsureRefreshing(DateTimeOffset now)
    {
        TaskCompletionSource<CloudCredential> done;
        lock (_gate)
        {
            if (_held is { } held && now < held.RefreshAt)
                return Task.FromResult(held.Credential);
            if (_running is { } running)
                return running;
            done = new TaskCompletionSource<CloudCredential>(TaskCreationOptions.RunContinuationsAsynchronously);
            _running = done.Task;
        }
        _ = RefreshAsync(done);
        return done.Task;
    }

    private async Task RefreshAsync(TaskCompletionSource<CloudCredential> done)
    {
        try
        {
            var credential = await FetchAsync().ConfigureAwait(false);
            End(Keep(credential));
            done.SetResult(credential);
        }
        catch (Exception failure) when (UsableAt(Now) is { } old)
        {
            End(new Held(old, Now + _options.RetryAfterFailure));
            _logger.CredentialKept((failure as CloudApiException)?.Code ?? failure.GetType().Name, old.Expiration, failure.Message);
            done.SetResult(old);
        }
        catch (Exception failure)
        {
            // Whoever waits learns of it; nobody may be waiting.
            End(null);
            done.SetException(failure);
            _ = done.Task.Exception;
        }
    }

    private void End(Held? held)
    {
        lock (_gate)
        {
            _running = null;
            _held = held;
        }
    }

    private Held Keep(CloudCredential credential)
    {
        var now = Now;
        var isNew = credential.AccessKeyId != _held?.Credential.AccessKeyId || credential.SecurityToken != _held.Credential.SecurityToken;
        var due = credential.Expiration is { } end ? end - _options.RefreshBefore : now + _options.RecheckPermanent;
        if (isNew)
            _logger.CredentialRefreshed(_source.Name, credential.AccessKeyId, credential.Expiration);
        // A source that still gives the old credential is asked again a little later, not with every call.
        return new Held(credential, due > now ? due : now + _options.RetryAfterFailure);
    }

    private async Task<CloudCredential> FetchAsync()
    {
        using var timeout = new CancellationTokenSource(_options.FetchTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _disposed.Token);
        CloudCredential? found;
        try
        {
            found = await _source.FetchAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException gaveUp) when (timeout.IsCancellationRequested)
        {
            throw Failure(
                CloudErrorKind.Retryable, AlibabaErrors.TimeoutCode, $"{_source.Name} gave no credential within {_options.FetchTimeout.TotalSeconds:F0} s.", gaveUp);
        }
        if (found is null)
            throw Failure(CloudErrorKind.Permission, "Client.NoCredential", $"There is no access key. {_source.WhenAbsent}");
        return found.Expiration <= Now
            ? throw Failure(CloudErrorKind.Retryable, "Client.CredentialExpired", $"{_source.Name} gave a credential that ended at {found.Expiration:O}.")
            : found;
    }

    private static CloudApiException Failure(CloudErrorKind kind, string code, string why, Exception? inner = null) =>
        new("GetCredential", kind, code, why, inner);

    private sealed record Held(CloudCredential Credential, DateTimeOffset RefreshAt);
}
