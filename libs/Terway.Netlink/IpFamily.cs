using System.Net;
using System.Net.Sockets;

namespace Terway.Netlink;

/// <summary>An address family in the kernel's numbering (<c>AF_*</c>), which differs from <see cref="AddressFamily"/>'s.</summary>
public enum IpFamily : byte
{
    /// <summary><c>AF_UNSPEC</c>: any family.</summary>
    Unspecified = 0,

    /// <summary><c>AF_INET</c>.</summary>
    IPv4 = 2,

    /// <summary><c>AF_BRIDGE</c>: forwarding database entries and bridge ports.</summary>
    Bridge = 7,

    /// <summary><c>AF_INET6</c>.</summary>
    IPv6 = 10,
}

internal static class IpFamilies
{
    internal static IpFamily Of(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? IpFamily.IPv6 : IpFamily.IPv4;

    internal static IpFamily FirstOf(IPNetwork? first, IPNetwork? second) =>
        (first ?? second) is { } prefix ? Of(prefix.BaseAddress) : IpFamily.Unspecified;

    internal static int MaxPrefixLength(IpFamily family) => family == IpFamily.IPv6 ? 128 : 32;
}
