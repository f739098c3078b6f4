namespace Terway.Cloud.Alibaba;

/// <summary>The temporary access key of a RAM role that a Kubernetes service account may take (RRSA), from STS AssumeRoleWithOIDC.</summary>
public sealed class OidcRoleCredentialSource : ICredentialSource
{
    private readonly OidcRoleOptions _options;
    private readonly Func<CancellationToken, Task<string?>> _readToken;
    private readonly StsClient _sts;

    /// <summary>Makes a source.</summary>
    /// <param name="options">Which role, and where.</param>
    /// <param name="readToken">Reads the projected service account token, which the kubelet renews; null when there is none.</param>
    /// <param name="httpClient">The transport; stays the caller's.</param>
    public OidcRoleCredentialSource(OidcRoleOptions options, Func<CancellationToken, Task<string?>> readToken, HttpClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(readToken);
        ArgumentNullException.ThrowIfNull(httpClient);
        _options = options;
        _readToken = readToken;
        _sts = new StsClient(options, httpClient);
    }

    /// <inheritdoc/>
    public string Name => $"the service account's role {_options.RoleArn}";

    /// <inheritdoc/>
    public string WhenAbsent => "There is no service account token. Project one with the audience sts.aliyuncs.com into the pod.";

    /// <inheritdoc/>
    public async Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default) =>
        (await _readToken(cancellationToken).ConfigureAwait(false))?.Trim() is { Length: > 0 } token
            ? await _sts.AssumeRoleWithOidcAsync(token, cancellationToken).ConfigureAwait(false)
            : null;
}
