using System.Net;

namespace Terway.Cni;

/// <summary>An address that a plugin gave an interface.</summary>
public sealed record IpConfiguration
{
    /// <summary>The address, with the prefix length of its subnet.</summary>
    public required CniAddress Address { get; init; }

    /// <summary>The subnet's gateway.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface, as an index into <see cref="CniResult.Interfaces"/>.</summary>
    public int? Interface { get; init; }
}
