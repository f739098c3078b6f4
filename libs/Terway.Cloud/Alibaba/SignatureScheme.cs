namespace Terway.Cloud.Alibaba;

/// <summary>How calls are signed. The cloud's endpoints take both.</summary>
public enum SignatureScheme
{
    /// <summary>Version 3: ACS3-HMAC-SHA256 over headers and query, in the <c>Authorization</c> header.</summary>
    Acs3HmacSha256,

    /// <summary>Version 1 of the RPC style: HMAC-SHA1 over the query, in the query. For gateways that know nothing else.</summary>
    RpcHmacSha1,
}
