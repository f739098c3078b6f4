using System.Collections.Immutable;

namespace Terway.Cni;

/// <summary>What ADD tells the runtime: the interfaces that were made, their addresses and routes. Written in the configuration's version.</summary>
public sealed class CniResult
{
    /// <summary>The interfaces, in the container and on the host.</summary>
    public ImmutableArray<CniInterface> Interfaces { get; init; } = [];

    /// <summary>The addresses.</summary>
    public ImmutableArray<IpConfiguration> Ips { get; init; } = [];

    /// <summary>The container's routes.</summary>
    public ImmutableArray<CniRoute> Routes { get; init; } = [];

    /// <summary>Name servers and the like.</summary>
    public DnsConfiguration Dns { get; init; } = new();

    /// <summary>The result of a plugin that runs after another: what the other one made, and what this one made.</summary>
    /// <param name="previous">The other plugin's result.</param>
    public CniResult After(CniResult? previous)
    {
        if (previous is null)
            return this;

        int shift = previous.Interfaces.Length;
        return new CniResult
        {
            Interfaces = [.. previous.Interfaces, .. Interfaces],
            Ips = [.. previous.Ips, .. Ips.Select(ip => ip with { Interface = ip.Interface + shift })],
            Routes = [.. previous.Routes, .. Routes],
            Dns = previous.Dns.IsEmpty ? Dns : previous.Dns,
        };
    }
}
