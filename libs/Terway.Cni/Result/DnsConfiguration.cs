using System.Collections.Immutable;

namespace Terway.Cni;

/// <summary>Name resolution, as a result tells it.</summary>
public sealed class DnsConfiguration
{
    /// <summary>The name servers, most wanted first.</summary>
    public ImmutableArray<string> Nameservers { get; init; } = [];

    /// <summary>The local domain.</summary>
    public string? Domain { get; init; }

    /// <summary>The domains that short names are looked up in.</summary>
    public ImmutableArray<string> Search { get; init; } = [];

    /// <summary>Options of the resolver.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>True when nothing is said.</summary>
    public bool IsEmpty => Nameservers.IsEmpty && Domain is null && Search.IsEmpty && Options.IsEmpty;
}
