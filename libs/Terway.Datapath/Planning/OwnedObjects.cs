using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>The numbers by which an object in the kernel is known to be ours.</summary>
public static class OwnedObjects
{
    /// <summary>Priority of <c>to POD lookup main</c>: asked before every <c>from</c> rule, so that pods of one node reach each other without the VPC.</summary>
    public const uint ToPodPriority = 512;

    /// <summary>Priority of <c>from POD lookup ENI-TABLE</c>: after <see cref="ToPodPriority"/> and the symmetric routing rule (600), before main (32766).</summary>
    public const uint FromPodPriority = 2048;

    /// <summary>The table of an ENI is this plus its ifindex.</summary>
    public const uint FirstEniTable = 1000;

    /// <summary>
    /// The group (<c>ip link show group 5122048</c>) of links that a DEL has taken out of service and that <see cref="LinkReaper"/> deletes:
    /// the two rule priorities side by side, a number that nobody else uses by chance.
    /// </summary>
    public const uint RetiredLinkGroup = 5122048;

    /// <summary>The name of a retired link is this and its ifindex in hex, which is unique in a namespace as the index is.</summary>
    public const string RetiredLinkPrefix = "twdel";

    /// <summary>The next hop of every pod for IPv4; it exists nowhere, a permanent neighbour stands for it.</summary>
    public static IPAddress NextHop4 { get; } = IPAddress.Parse("169.254.1.1");

    /// <summary>The next hop of every pod for IPv6.</summary>
    public static IPAddress NextHop6 { get; } = IPAddress.Parse("fe80::1");

    /// <summary>The routing table of the ENI with this index.</summary>
    /// <param name="eni">The ENI's index.</param>
    public static RouteTable TableOf(IfIndex eni) => RouteTable.FromId(FirstEniTable + (uint)eni.Value);
}
