namespace Terway.Cloud;

/// <summary>A place that credentials come from. It keeps none: who asks often puts a cache in front.</summary>
/// <remarks>Safe for concurrent use. Nothing that it throws or is named by carries a secret.</remarks>
public interface ICredentialSource
{
    /// <summary>What the source is, for messages and logs.</summary>
    string Name { get; }

    /// <summary>What it means that the source is not set up, and what would help: a sentence.</summary>
    string WhenAbsent { get; }

    /// <summary>Asks for a credential.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The credential, or null when the source is not set up here.</returns>
    /// <exception cref="CloudApiException">The source is set up and fails: kind Permission, or Retryable when asking again may help.</exception>
    Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default);
}
