using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>The kernel's numbering of address families.</summary>
internal static class Families
{
    internal static IpFamily Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? IpFamily.IPv6 : IpFamily.IPv4;
}
