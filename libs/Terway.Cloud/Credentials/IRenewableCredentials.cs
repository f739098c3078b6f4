namespace Terway.Cloud;

/// <summary>A credential provider that can be told that a credential is over before its time.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IRenewableCredentials
{
    /// <summary>The cloud no longer takes a credential: a new one is wanted. Nothing happens when another is in use already.</summary>
    /// <param name="refused">The credential that was refused.</param>
    void Renew(CloudCredential refused);
}
