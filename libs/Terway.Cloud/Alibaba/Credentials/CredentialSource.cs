namespace Terway.Cloud.Alibaba;

/// <summary>A source that a function makes: a file, a secret store, or what a program has in its hands.</summary>
public sealed class CredentialSource : ICredentialSource
{
    private readonly Func<CancellationToken, Task<CloudCredential?>> _fetch;

    /// <summary>Makes a source.</summary>
    /// <param name="name">What it is, for messages and logs.</param>
    /// <param name="whenAbsent">What it means that it is not set up, and what would help: a sentence.</param>
    /// <param name="fetch">Gives the credential of the moment, or null when the source is not set up.</param>
    public CredentialSource(string name, string whenAbsent, Func<CancellationToken, Task<CloudCredential?>> fetch)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(whenAbsent);
        ArgumentNullException.ThrowIfNull(fetch);
        Name = name;
        WhenAbsent = whenAbsent;
        _fetch = fetch;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string WhenAbsent { get; }

    /// <summary>
    /// The environment: <c>ALIBABA_CLOUD_ACCESS_KEY_ID</c>, <c>ALIBABA_CLOUD_ACCESS_KEY_SECRET</c> and, for a temporary key,
    /// <c>ALIBABA_CLOUD_SECURITY_TOKEN</c>.
    /// </summary>
    /// <param name="variable">Reads a variable; a library reads none by itself.</param>
    public static CredentialSource Environment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new CredentialSource(
            "the environment", "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not both set.",
            _ => Task.FromResult(Key(
                variable("ALIBABA_CLOUD_ACCESS_KEY_ID"), variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), variable("ALIBABA_CLOUD_SECURITY_TOKEN"))));
    }

    /// <inheritdoc/>
    public Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default) => _fetch(cancellationToken);

    private static CloudCredential? Key(string? id, string? secret, string? token) =>
        string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret) ? null : new CloudCredential(id, secret, token);
}
