using System.Text.Json.Serialization;

namespace Terway.Cloud.Alibaba;

/// <summary>The encrypted token file.</summary>
internal sealed class WireTokenFile
{
    [JsonPropertyName("access.key.id")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("access.key.secret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("security.token")]
    public string? SecurityToken { get; init; }

    [JsonPropertyName("expiration")]
    public string? Expiration { get; init; }

    [JsonPropertyName("keyring")]
    public string? Keyring { get; init; }

    [JsonPropertyName("error")]
    public WireTokenError? Error { get; init; }
}

/// <summary>Why a token file holds no key.</summary>
internal sealed class WireTokenError
{
    [JsonPropertyName("roleName")]
    public string? RoleName { get; init; }

    [JsonPropertyName("code")]
    public string? Code { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
