using System.Security.Cryptography;
using System.Text;

namespace Terway.Cloud.Alibaba;

/// <summary>Signs a request by ACS3-HMAC-SHA256: the signature travels in the Authorization header.</summary>
internal static class Acs3Signer
{
    internal const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>The hash of no bytes.</summary>
    internal const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    internal static Acs3Signature Sign(Acs3Request request, string accessKeyId, string accessKeySecret)
    {
        var headers = CanonicalHeaders(request.Headers);
        var signedHeaders = string.Join(';', headers.Select(h => h.Key));
        var canonical = string.Join(
            '\n',
            request.Method,
            request.Path,
            CanonicalQuery(request.Query),
            string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n")),
            signedHeaders,
            request.PayloadHash);
        var canonicalHash = Hash(Encoding.UTF8.GetBytes(canonical));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(accessKeySecret), Encoding.UTF8.GetBytes($"{Algorithm}\n{canonicalHash}")));
        return new Acs3Signature(
            canonicalHash, signedHeaders, signature,
            $"{Algorithm} Credential={accessKeyId},SignedHeaders={signedHeaders},Signature={signature}");
    }

    /// <summary>The query as it is signed and sent: ordinal order, RFC 3986 escapes.</summary>
    internal static string CanonicalQuery(IEnumerable<KeyValuePair<string, string>> query) =>
        string.Join('&', query.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    internal static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>Only what is signed: host, content-type and x-acs-*; several values of one name are sorted and joined.</summary>
    private static List<KeyValuePair<string, string>> CanonicalHeaders(IEnumerable<KeyValuePair<string, string>> headers) =>
    [
        .. headers
            .GroupBy(h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .Where(g => g.Key is "host" or "content-type" || g.Key.StartsWith("x-acs-", StringComparison.Ordinal))
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, string.Join(',', g.Select(h => h.Value.Trim()).Order(StringComparer.Ordinal)))),
    ];
}
