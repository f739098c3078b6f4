using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>An elastic network interface as the node's kernel shows it.</summary>
/// <param name="Name">The link's name.</param>
/// <param name="Index">The link's index; it changes when the ENI is detached and attached again, and the ENI's table with it.</param>
/// <param name="Mac">The MAC address, by which the cloud knows the ENI.</param>
public sealed record EniLink(string Name, IfIndex Index, MacAddress Mac)
{
    /// <summary>
    /// Whether <see cref="NodePlanner.PlanEni"/>'s plan was applied to this link since it appeared: it is up and has the plan's second name,
    /// which a failed application takes back. A pod's ADD need not apply that plan again; drift since then is for CHECK and for the daemon.
    /// </summary>
    public bool IsPrepared { get; init; }

    /// <summary>The routing table of this ENI: <see cref="OwnedObjects.FirstEniTable"/> plus its index.</summary>
    public RouteTable Table => OwnedObjects.TableOf(Index);
}
