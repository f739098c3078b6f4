using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Terway.Cloud;

/// <summary>An access key, with its security token where it is a temporary one.</summary>
/// <remarks>Never shows its secret or token as text, in a debugger's list of values, or as JSON.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CloudCredential
{
    /// <summary>Wraps an access key.</summary>
    /// <param name="accessKeyId">The public half.</param>
    /// <param name="accessKeySecret">The secret half.</param>
    /// <param name="securityToken">The token of a temporary key, else null.</param>
    /// <param name="expiration">When a temporary key ends, else null.</param>
    public CloudCredential(string accessKeyId, string accessKeySecret, string? securityToken = null, DateTimeOffset? expiration = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(accessKeySecret);
        AccessKeyId = accessKeyId;
        AccessKeySecret = accessKeySecret;
        SecurityToken = string.IsNullOrEmpty(securityToken) ? null : securityToken;
        Expiration = expiration;
    }

    /// <summary>The public half.</summary>
    public string AccessKeyId { get; }

    /// <summary>The secret half: never log it.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string AccessKeySecret { get; }

    /// <summary>The token of a temporary key: never log it. Null for a permanent key.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SecurityToken { get; }

    /// <summary>When a temporary key ends; null for a permanent key.</summary>
    public DateTimeOffset? Expiration { get; }

    /// <summary>The public half and the end, nothing secret.</summary>
    public override string ToString() =>
        Expiration is { } end ? $"access key {AccessKeyId} until {end:O}" : $"access key {AccessKeyId}";
}
