using System.Net;
using static Terway.Netlink.ConntrackConstants;

namespace Terway.Netlink;

/// <summary>A connection to conntrack, which keeps track of the connections through one network namespace: what <c>conntrack</c> shows.</summary>
/// <remarks>Synchronous by design, as <see cref="RtNetlink"/>; thread-safe: requests take turns. Needs CAP_NET_ADMIN, for reading too.</remarks>
public sealed class Conntrack : IDisposable
{
    private readonly NetlinkConnection _connection;

    internal Conntrack(INetlinkTransport transport) => _connection = new(transport, NetfilterConstants.AnswerTo);

    /// <summary>Connects to the namespace of the calling thread.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static Conntrack Open() => new(NetlinkSocket.Open(NetlinkConstants.NETLINK_NETFILTER));

    /// <summary>Connects to a namespace. The calling thread stays where it is.</summary>
    /// <param name="target">The namespace, which may be disposed of before the connection.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static Conntrack Open(NetworkNamespace target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(Open);
    }

    /// <summary>Lists connections: <c>conntrack -L</c>.</summary>
    /// <param name="family">Of which family.</param>
    /// <returns>The connections in the kernel's order.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<ConntrackEntry> List(IpFamily family = IpFamily.Unspecified) =>
        List(new ConntrackQuery(family));

    /// <summary>Lists the connections that an address takes part in, on either side, before or after translation.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The connections, each once.</returns>
    /// <remarks>For IPv4, Linux 5.8 and newer look for them in the kernel; else all connections of the family are read.</remarks>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<ConntrackEntry> List(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // The kernel's filter takes IPv6 addresses for those that are not wanted (still so in Linux 6.18).
        if (IpFamilies.Of(address) == IpFamily.IPv6)
            return [.. List(IpFamily.IPv6).Where(entry => entry.Involves(address))];
        var found = new Dictionary<ConntrackTuple, ConntrackEntry>();
        // A filter's conditions must all hold, so each end is asked for by itself.
        foreach (var end in ConntrackEnd.All)
        {
            foreach (var entry in List(new ConntrackQuery(IpFamily.IPv4, address, end)))
                found[entry.Original] = entry;
        }
        return [.. found.Values];
    }

    /// <summary>The number of connections, of all families: <c>conntrack -C</c>.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int Count()
    {
        var sink = default(CountSink);
        var failure = _connection.Get(Message(IPCTNL_MSG_CT_GET_STATS), 0, new ConntrackQuery(IpFamily.Unspecified), ref sink);
        if (failure.IsFailure)
            throw failure.ToException("count connections", null);
        return sink.Count;
    }

    /// <summary>Deletes a connection if it is there: <c>conntrack -D</c>. The next packet starts anew.</summary>
    /// <param name="entry">The connection, as it was read.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public bool TryDelete(ConntrackEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _connection.TrySubmit("delete connection", Message(IPCTNL_MSG_CT_DELETE), 0, new ConntrackReference(entry));
    }

    /// <summary>Deletes the connections that an address takes part in, on either side, before or after translation.</summary>
    /// <param name="address">The address.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int DeleteAll(IPAddress address) => List(address).Count(TryDelete);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private ConntrackEntry[] List(ConntrackQuery query) => _connection.List("list connections", Message(IPCTNL_MSG_CT_GET), query);

    private struct CountSink : IAnswerSink
    {
        internal int Count { get; private set; }

        public void Begin() => Count = 0;

        public void Message(NetlinkReader body)
        {
            body.ReadStruct<NetfilterHeader>();
            var table = new AttributeTable(body, stackalloc AttributeSlot[CTA_STATS_GLOBAL_ENTRIES + 1]);
            Count = (int)(table.UInt32BigEndian(CTA_STATS_GLOBAL_ENTRIES) ?? 0);
        }
    }
}
