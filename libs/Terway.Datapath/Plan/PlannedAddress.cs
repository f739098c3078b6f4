using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>An address on a link (<c>ip address</c>).</summary>
/// <param name="Address">The address with its prefix length.</param>
/// <param name="Device">The name of the link that carries it.</param>
/// <remarks>
/// On a link with a planned address, every other global address of the same family is removed.
/// IPv6 addresses skip duplicate address detection: the VPC gave them to this pod alone, and a tentative address would lose its first second.
/// </remarks>
public sealed record PlannedAddress(InterfaceAddress Address, string Device)
{
    internal bool SkipsDuplicateDetection => Address.Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The address as <c>ip address add</c> would be told.</summary>
    public override string ToString() =>
        $"addr {Address} dev {Device} scope global{(SkipsDuplicateDetection ? " nodad" : "")}";
}
