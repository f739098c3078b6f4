using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The packet filters of the connection's namespace: <c>tc filter</c>.</summary>
public sealed class FilterClient : FilterCommands
{
    private readonly NetlinkConnection _connection;

    internal FilterClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists filters: <c>tc filter show</c>.</summary>
    /// <param name="query">Of which link and place.</param>
    /// <returns>The filters by priority. A u32 priority starts with an entry for its hash table, which has no keys.</returns>
    public IReadOnlyList<FilterMessage> List(FilterQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _connection.List("list filters", RTM_GETTFILTER, query);
    }

    /// <summary>Deletes a filter if it is there.</summary>
    /// <param name="filter">The filter; the link, parent, priority, protocol, kind and handle count.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(FilterMessage filter) => _connection.TrySubmit("delete filter", RTM_DELTFILTER, 0, filter);
}
