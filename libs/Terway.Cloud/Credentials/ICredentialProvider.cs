namespace Terway.Cloud;

/// <summary>Gives the credential that the next call shall be signed with.</summary>
/// <remarks>Asked before every request, so it must be cheap when nothing changed. Safe for concurrent use.</remarks>
public interface ICredentialProvider
{
    /// <summary>The credential that is valid now.</summary>
    /// <param name="cancellationToken">Gives up waiting for a new one.</param>
    /// <exception cref="CloudApiException">There is none: kind Permission, or Retryable when asking again may help.</exception>
    ValueTask<CloudCredential> GetCredentialAsync(CancellationToken cancellationToken = default);
}
