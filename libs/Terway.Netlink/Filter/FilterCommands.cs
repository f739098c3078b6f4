using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of filters, as by <c>tc filter</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class FilterCommands
{
    private readonly IRequestSink _sink;

    internal FilterCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds a filter: <c>tc filter add</c>.</summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because the qdisc is missing.</exception>
    public void Add(FilterMessage filter) => Submit("add filter", RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, filter);

    /// <summary>Adds a filter or replaces the one with its handle: <c>tc filter replace</c>.</summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Replace(FilterMessage filter) => Submit("replace filter", RTM_NEWTFILTER, NLM_F_CREATE, filter);

    /// <summary>Deletes a filter; without handle and kind, all of the priority: <c>tc filter del</c>.</summary>
    /// <param name="filter">The filter; the link, parent, priority, protocol, kind and handle count.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is none.</exception>
    public void Delete(FilterMessage filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Submit("delete filter", RTM_DELTFILTER, 0, filter);
    }

    private void Submit(string operation, ushort type, ushort flags, FilterMessage filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _sink.Submit(operation, type, flags, filter);
    }
}
