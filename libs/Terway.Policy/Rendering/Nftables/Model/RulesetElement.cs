using System.Net;

namespace Terway.Policy.Nftables;

/// <summary>An element of a set: a value for each part of the set's key, and in a map the verdict.</summary>
/// <param name="Interface">The value of <see cref="ElementType.InterfaceName"/>.</param>
/// <param name="Network">The value of an address; a block of its own unless the set holds intervals.</param>
/// <param name="Protocol">The value of <see cref="ElementType.Protocol"/>.</param>
/// <param name="Ports">The value of <see cref="ElementType.Port"/>; a range only in a set of intervals.</param>
/// <param name="Verdict">What the map gives for it.</param>
public readonly record struct RulesetElement(
    string? Interface = null,
    IPNetwork? Network = null,
    IpProtocol? Protocol = null,
    PortRange? Ports = null,
    RulesetVerdict? Verdict = null);
