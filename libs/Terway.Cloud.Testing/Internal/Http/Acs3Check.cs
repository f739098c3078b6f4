using System.Security.Cryptography;
using System.Text;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Checks ACS3-HMAC-SHA256: the signature in the Authorization header.</summary>
internal static class Acs3Check
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    internal static Claim Read(RpcMessage message)
    {
        var parts = (message.Header("authorization") ?? "").Split(' ', 2);
        if (parts.Length != 2 || parts[0] != Algorithm)
            throw Incomplete("the algorithm");
        var fields = parts[1].Split(',').Select(f => f.Split('=', 2)).Where(f => f.Length == 2)
            .DistinctBy(f => f[0]).ToDictionary(f => f[0], f => f[1]);
        return new Claim(
            Field(fields, "Credential"),
            message.Header("x-acs-security-token"),
            message.Header("x-acs-date") ?? "",
            message.Header("x-acs-signature-nonce") ?? "",
            secret => IsValid(message, Field(fields, "SignedHeaders"), Field(fields, "Signature"), secret));
    }

    internal static string Sign(RpcMessage message, string signedHeaders, string payloadHash, string secret, out string canonicalHash)
    {
        var canonical = new StringBuilder()
            .Append(message.Method).Append('\n')
            .Append("/\n")
            .Append(SignatureText.Query(message.Query)).Append('\n');
        foreach (var name in signedHeaders.Split(';'))
        {
            var values = message.Headers.Where(h => h.Key == name).Select(h => h.Value.Trim()).Order(StringComparer.Ordinal);
            canonical.Append(name).Append(':').Append(string.Join(",", values)).Append('\n');
        }
        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(payloadHash);
        canonicalHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Algorithm + "\n" + canonicalHash)));
    }

    private static bool IsValid(RpcMessage message, string signedHeaders, string signature, string secret)
    {
        var names = signedHeaders.Split(';');
        var mustBeSigned = message.Headers.Select(h => h.Key).Where(n => n == "host" || n.StartsWith("x-acs-", StringComparison.Ordinal));
        if (!names.Contains("host") || mustBeSigned.Except(names).Any())
            throw Incomplete("a header that must be signed");
        var payloadHash = Convert.ToHexStringLower(SHA256.HashData(message.Body));
        if (message.Header("x-acs-content-sha256") != payloadHash)
            return false;
        var expected = Sign(message, signedHeaders, payloadHash, secret, out _);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    private static string Field(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.Length > 0 ? value : throw Incomplete(name);

    private static Refusal Incomplete(string what) =>
        new(400, "IncompleteSignature", $"The request signature does not conform to Aliyun standards: {what} is missing.");
}
