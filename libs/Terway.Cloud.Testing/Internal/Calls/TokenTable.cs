namespace Terway.Cloud.Testing.Internal;

/// <summary>The client tokens that were seen: the same token with the same parameters gives the first result again.</summary>
/// <remarks>Used under the world's lock. A refused call leaves its token free.</remarks>
internal sealed class TokenTable(CloudEmulatorOptions options)
{
    private readonly Dictionary<(string Action, ClientToken Token), Seen> _seen = [];

    /// <summary>Takes a token for a call.</summary>
    /// <param name="action">The action.</param>
    /// <param name="token">The token; none means that the call stands alone.</param>
    /// <param name="fingerprint">What tells two requests apart.</param>
    /// <param name="result">The result of the call that used the token first, if it is through.</param>
    internal Refusal? Begin(string action, ClientToken? token, string fingerprint, out object? result)
    {
        result = null;
        if (token is not { } value)
            return null;
        if (!_seen.TryGetValue((action, value), out var seen))
        {
            _seen.Add((action, value), new Seen(fingerprint, null));
            return null;
        }
        if (seen.Fingerprint != fingerprint)
            return new Refusal(400, options.TokenMismatchCode, "The client token was used with other parameters.");
        result = seen.Result;
        return result is null ? new Refusal(403, "LastTokenProcessing", "The last request with this client token is being processed.") : null;
    }

    internal void Complete(string action, ClientToken? token, string fingerprint, object result)
    {
        if (token is { } value)
            _seen[(action, value)] = new Seen(fingerprint, result);
    }

    internal void Forget(string action, ClientToken? token)
    {
        if (token is { } value)
            _seen.Remove((action, value));
    }

    private sealed record Seen(string Fingerprint, object? Result);
}
