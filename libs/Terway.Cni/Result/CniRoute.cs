using System.Net;

namespace Terway.Cni;

/// <summary>A route of the container.</summary>
public sealed record CniRoute
{
    /// <summary>The destination.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The next hop; null for the gateway that the interface has anyway.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The MTU in bytes; told from version 1.1.0.</summary>
    public int? Mtu { get; init; }

    /// <summary>The TCP segment size to announce, in bytes; told from version 1.1.0.</summary>
    public int? AdvMss { get; init; }

    /// <summary>The metric; told from version 1.1.0.</summary>
    public int? Priority { get; init; }

    /// <summary>The routing table; told from version 1.1.0.</summary>
    public int? Table { get; init; }

    /// <summary>The scope, a number of rtnetlink(7); told from version 1.1.0.</summary>
    public int? Scope { get; init; }
}
