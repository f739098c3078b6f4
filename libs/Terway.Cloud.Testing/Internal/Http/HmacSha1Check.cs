using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Checks the older HMAC-SHA1 signature, which travels among the parameters.</summary>
internal static class HmacSha1Check
{
    internal static Claim Read(RpcMessage message)
    {
        if (message.Parameter("SignatureMethod") != "HMAC-SHA1" || message.Parameter("SignatureVersion") != "1.0")
            throw new Refusal(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards: HMAC-SHA1, version 1.0.");
        var signature = message.Parameter("Signature") ?? throw new Refusal(400, "MissingSignature", "Signature is mandatory for this action.");
        return new Claim(
            message.Parameter("AccessKeyId") ?? throw new Refusal(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action."),
            message.Parameter("SecurityToken"),
            message.Parameter("Timestamp") ?? "",
            message.Parameter("SignatureNonce") ?? "",
            secret => CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Sign(message.Method, message.Parameters, secret)), Encoding.UTF8.GetBytes(signature)));
    }

    [SuppressMessage("Security", "CA5350", Justification = "The scheme that is checked is defined with SHA-1.")]
    internal static string Sign(string method, IEnumerable<KeyValuePair<string, string>> parameters, string secret)
    {
        var text = method + "&%2F&" + SignatureText.Escape(SignatureText.Query(parameters.Where(p => p.Key != "Signature")));
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(text)));
    }
}
