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

    /// <summary>Deletes the qdisc of a place if there is one besides the kernel's default.</summary>
    /// <param name="link">The link.</param>
    /// <param name="parent">The place: <see cref="TcHandle.Root"/>, <see cref="TcHandle.Ingress"/> or a class.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDelete(IfIndex link, TcHandle parent) =>
        _connection.TrySubmit("delete qdisc", RTM_DELQDISC, 0, new QdiscMessage { Interface = link, Parent = parent });
}
