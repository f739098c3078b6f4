using System.Security.Cryptography;
using System.Text;

namespace Terway.Cloud.Alibaba;

/// <summary>Signs the parameters of a request by RPC version 1: HMAC-SHA1, in base 64.</summary>
internal static class RpcSha1Signer
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="parameters">All parameters of query and form but <c>Signature</c>.</param>
    /// <param name="accessKeySecret">The secret.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The scheme is the cloud's: HMAC with SHA-1.")]
    internal static string Sign(string method, IEnumerable<KeyValuePair<string, string>> parameters, string accessKeySecret)
    {
        var text = $"{method}&%2F&{Uri.EscapeDataString(Acs3Signer.CanonicalQuery(parameters))}";
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(accessKeySecret + "&"), Encoding.UTF8.GetBytes(text)));
    }
}
