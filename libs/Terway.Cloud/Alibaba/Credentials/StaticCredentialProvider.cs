namespace Terway.Cloud.Alibaba;

/// <summary>Always gives the same access key, permanent or temporary.</summary>
/// <param name="credential">The key.</param>
public sealed class StaticCredentialProvider(CloudCredential credential) : ICredentialProvider
{
    private readonly CloudCredential _credential = credential ?? throw new ArgumentNullException(nameof(credential));

    /// <inheritdoc/>
    public ValueTask<CloudCredential> GetCredentialAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_credential);
}
