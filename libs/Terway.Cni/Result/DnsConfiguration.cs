using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Terway.Cni;

/// <summary>Name resolution, as a result tells it.</summary>
public sealed class DnsConfiguration
{
    /// <summary>The name servers, most wanted first.</summary>
    [JsonPropertyName("nameservers")]
    public ImmutableArray<string> Nameservers { get; init; } = [];

    /// <summary>The local domain.</summary>
    [JsonPropertyName("domain")]
    public string? Domain { get; init; }

    /// <summary>The domains that short names are looked up in.</summary>
    [JsonPropertyName("search")]
    public ImmutableArray<string> Search { get; init; } = [];

    /// <summary>Options of the resolver.</summary>
    [JsonPropertyName("options")]
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>True when nothing is said.</summary>
    [JsonIgnore]
    public bool IsEmpty => Nameservers.IsEmpty && Domain is null && Search.IsEmpty && Options.IsEmpty;
}
