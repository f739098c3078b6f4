using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The neighbours of the connection's namespace: <c>ip neigh</c>.</summary>
public sealed class NeighbourClient : NeighbourCommands
{
    private readonly NetlinkConnection _connection;

    internal NeighbourClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists neighbours: <c>ip neigh show</c>.</summary>
    /// <param name="filter">Which; null for those of all links and both families, without proxies.</param>
    /// <returns>The neighbours in the kernel's order.</returns>
    public IReadOnlyList<NeighbourMessage> List(NeighbourFilter? filter = null) =>
        _connection.List("list neighbours", RTM_GETNEIGH, filter ?? NeighbourFilter.All);

    /// <summary>Deletes a neighbour if it is there.</summary>
    /// <param name="neighbour">The neighbour, as it was read or as it was added.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(NeighbourMessage neighbour) => _connection.TrySubmit("delete neighbour", RTM_DELNEIGH, 0, neighbour);
}
