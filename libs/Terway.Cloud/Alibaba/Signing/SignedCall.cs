using System.Globalization;

namespace Terway.Cloud.Alibaba;

/// <summary>A call as it shall be signed and sent; every attempt is a new one, with its own time and nonce.</summary>
internal sealed record SignedCall(
    RpcAction Action, Uri Endpoint, IReadOnlyCollection<KeyValuePair<string, string>> Parameters, DateTimeOffset Time, string Nonce,
    IReadOnlyDictionary<string, string> ExtraHeaders)
{
    /// <summary>The time as both schemes write it.</summary>
    internal string Date => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The request of a scheme.</summary>
    internal HttpRequestMessage Sign(SignatureScheme scheme, CloudCredential credential) =>
        scheme == SignatureScheme.RpcHmacSha1 ? ByRpcSha1(credential) : ByAcs3(credential);

    private HttpRequestMessage ByAcs3(CloudCredential credential)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("x-acs-action", Action.Name),
            new("x-acs-version", Action.Product.Version),
            new("x-acs-date", Date),
            new("x-acs-signature-nonce", Nonce),
            new("x-acs-content-sha256", Acs3Signer.EmptyPayloadHash),
            .. ExtraHeaders,
        ];
        if (credential.SecurityToken is { } token)
        {
            headers.Add(new("x-acs-accesskey-id", credential.AccessKeyId));
            headers.Add(new("x-acs-security-token", token));
        }
        var signature = Acs3Signer.Sign(
            new Acs3Request("POST", "/", Parameters, [.. headers, new("host", Endpoint.Authority)], Acs3Signer.EmptyPayloadHash),
            credential.AccessKeyId,
            credential.AccessKeySecret);
        headers.Add(new("Authorization", signature.Authorization));
        return Request(Parameters, headers);
    }

    private HttpRequestMessage ByRpcSha1(CloudCredential credential)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            .. Parameters,
            new("Action", Action.Name),
            new("Version", Action.Product.Version),
            new("Format", "JSON"),
            new("Timestamp", Date),
            new("SignatureMethod", "HMAC-SHA1"),
            new("SignatureVersion", "1.0"),
            new("SignatureType", ""),
            new("SignatureNonce", Nonce),
            new("AccessKeyId", credential.AccessKeyId),
        ];
        if (credential.SecurityToken is { } token)
            parameters.Add(new("SecurityToken", token));
        parameters.Add(new("Signature", RpcSha1Signer.Sign("POST", parameters, credential.AccessKeySecret)));
        return Request(parameters, [new("x-acs-action", Action.Name), new("x-acs-version", Action.Product.Version), .. ExtraHeaders]);
    }

    private HttpRequestMessage Request(IEnumerable<KeyValuePair<string, string>> query, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Endpoint, "/?" + Acs3Signer.CanonicalQuery(query)));
        request.Headers.Host = Endpoint.Authority;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }
}
