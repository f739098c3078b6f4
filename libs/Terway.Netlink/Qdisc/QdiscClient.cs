using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The qdiscs of the connection's namespace: <c>tc qdisc</c>.</summary>
public sealed class QdiscClient : QdiscCommands
{
    private readonly NetlinkConnection _connection;

    internal QdiscClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists qdiscs: <c>tc qdisc show</c>.</summary>
    /// <param name="filter">Which; null for those of all links.</param>
    /// <returns>The qdiscs in the kernel's order.</returns>
    public IReadOnlyList<QdiscMessage> List(QdiscFilter? filter = null) =>
        _connection.List("list qdiscs", RTM_GETQDISC, filter ?? QdiscFilter.All);

    /// <summary>Deletes a qdisc if it is there.</summary>
    /// <param name="qdisc">The qdisc; the link, parent and handle count.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(QdiscMessage qdisc) => _connection.TrySubmit("delete qdisc", RTM_DELQDISC, 0, qdisc);
}
