using System.Security.Cryptography;
using System.Text;

namespace Terway.Cloud.Alibaba;

/// <summary>
/// Remembers the tokens of creates that failed, so that an identical request takes the same token again: if the failed one
/// had happened after all, the cloud answers with its result instead of making a second thing.
/// </summary>
/// <remarks>Safe for concurrent use. Identical requests that run at the same time take different tokens.</remarks>
internal sealed class ClientTokenCache(TimeProvider time)
{
    private const int Capacity = 500;

    /// <summary>Later than this, what an old token had made may have been cleaned away: a new request wants a new thing.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<Unused> _unused = new();

    /// <summary>The newest unused token of an identical request, or a new one.</summary>
    internal ClientToken Take(string fingerprint)
    {
        var key = KeyOf(fingerprint);
        lock (_gate)
        {
            for (var node = _unused.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Key != key || time.GetUtcNow() - node.Value.Since > Lifetime)
                    continue;
                _unused.Remove(node);
                return node.Value.Token;
            }
        }
        return ClientToken.NewToken();
    }

    /// <summary>Gives back the token of a request that failed.</summary>
    internal void Return(string fingerprint, ClientToken token)
    {
        lock (_gate)
        {
            _unused.AddLast(new Unused(KeyOf(fingerprint), token, time.GetUtcNow()));
            if (_unused.Count > Capacity)
                _unused.RemoveFirst();
        }
    }

    /// <summary>Whether a token may serve again after a failure: not when the cloud knows it with other parameters.</summary>
    internal static bool MayReuse(string code) =>
        code is not ("IdempotentFailed" or "IdempotentParameterMismatch" or "InvalidIdempotenceParameter.Mismatch");

    private static string KeyOf(string fingerprint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint)));

    private sealed record Unused(string Key, ClientToken Token, DateTimeOffset Since);
}
