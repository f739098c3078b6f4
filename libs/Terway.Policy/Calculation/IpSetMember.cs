using System.Net;

namespace Terway.Policy;

/// <summary>A member of an IP set. Members of both versions of IP may be in one set.</summary>
/// <param name="Network">The block; for an address a block of its own.</param>
/// <param name="Protocol">The protocol, in a set of addresses and ports.</param>
/// <param name="Port">The port, in a set of addresses and ports.</param>
public readonly record struct IpSetMember(IPNetwork Network, IpProtocol? Protocol = null, ushort Port = 0)
{
    /// <summary>The member as <c>10.0.0.0/8</c> or <c>10.0.0.1,tcp:80</c>.</summary>
    public override string ToString() =>
        Protocol is { } protocol ? $"{Network.BaseAddress},{protocol.ToString().ToLowerInvariant()}:{Port}" : Network.ToString();
}
