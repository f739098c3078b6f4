namespace Terway.Netlink;

/// <summary>A connection to the kernel's networking: links, addresses, routes, rules, neighbours, qdiscs and filters of one network namespace.</summary>
/// <remarks>
/// Synchronous by design: the kernel executes a request while it is sent, and its answer already waits when the call returns. The
/// connection belongs to the namespace of the thread that opened it, wherever it is used. Thread-safe: requests take turns.
/// Changes need CAP_NET_ADMIN, reading needs nothing.
/// </remarks>
public sealed class RtNetlink : IDisposable
{
    private readonly NetlinkConnection _connection;

    internal RtNetlink(INetlinkTransport transport)
    {
        _connection = new(transport);
        Links = new(_connection);
        Addresses = new(_connection);
        Routes = new(_connection);
        Rules = new(_connection);
        Neighbours = new(_connection);
        Qdiscs = new(_connection);
        Filters = new(_connection);
        NamespaceIds = new(_connection);
    }

    /// <summary>The links.</summary>
    public LinkClient Links { get; }

    /// <summary>The addresses.</summary>
    public AddressClient Addresses { get; }

    /// <summary>The routes.</summary>
    public RouteClient Routes { get; }

    /// <summary>The rules.</summary>
    public RuleClient Rules { get; }

    /// <summary>The neighbours.</summary>
    public NeighbourClient Neighbours { get; }

    /// <summary>The qdiscs.</summary>
    public QdiscClient Qdiscs { get; }

    /// <summary>The packet filters.</summary>
    public FilterClient Filters { get; }

    /// <summary>The numbers of other namespaces.</summary>
    public NamespaceIdClient NamespaceIds { get; }

    /// <summary>Connects to the namespace of the calling thread.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static RtNetlink Open() => new(NetlinkSocket.Open());

    /// <summary>Connects to a namespace. The calling thread stays where it is.</summary>
    /// <param name="target">The namespace, which may be disposed of before the connection.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static RtNetlink Open(NetworkNamespace target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(Open);
    }

    /// <summary>Starts gathering changes to send together.</summary>
    /// <returns>An empty batch.</returns>
    public NetlinkBatch CreateBatch() => new(_connection);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
