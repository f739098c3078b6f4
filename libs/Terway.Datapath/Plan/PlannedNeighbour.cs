using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A permanent neighbour (<c>ip neighbour</c>): the next hop answers no ARP, so its MAC address is written down.</summary>
/// <param name="Address">The neighbour's address.</param>
/// <param name="Mac">Its MAC address.</param>
/// <param name="Device">The link behind which it is.</param>
public sealed record PlannedNeighbour(IPAddress Address, MacAddress Mac, string Device)
{
    /// <summary>The neighbour as <c>ip neighbour add</c> would be told.</summary>
    public override string ToString() => $"neigh {Address} dev {Device} lladdr {Mac} permanent";
}
