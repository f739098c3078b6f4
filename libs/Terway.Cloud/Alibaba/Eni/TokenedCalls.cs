namespace Terway.Cloud.Alibaba;

/// <summary>Gives every create its client token: the caller's, or one of ours that outlives a failure.</summary>
internal sealed class TokenedCalls(ClientTokenCache cache)
{
    /// <param name="given">The caller's token; it is the caller's to keep.</param>
    /// <param name="fingerprint">What makes two requests identical.</param>
    /// <param name="call">The call with the token to send.</param>
    internal async Task<T> RunAsync<T>(ClientToken? given, string fingerprint, Func<ClientToken, Task<T>> call)
    {
        if (given is { } own)
            return await call(own).ConfigureAwait(false);
        var token = cache.Take(fingerprint);
        try
        {
            return await call(token).ConfigureAwait(false);
        }
        catch (CloudApiException failure) when (ClientTokenCache.MayReuse(failure.Code))
        {
            cache.Return(fingerprint, token);
            throw;
        }
        catch (OperationCanceledException)
        {
            // The call may have happened: who asks again shall get its result.
            cache.Return(fingerprint, token);
            throw;
        }
    }
}
