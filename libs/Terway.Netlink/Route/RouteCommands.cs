using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of routes, as by <c>ip route</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class RouteCommands
{
    private readonly IRequestSink _sink;

    internal RouteCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds a route: <c>ip route add</c>.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is one with the same destination, priority and tos.</exception>
    public void Add(RouteMessage route) => Submit("add route", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, route);

    /// <summary>Adds a route or replaces the first with the same destination, priority and tos: <c>ip route replace</c>.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Replace(RouteMessage route) => Submit("replace route", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, route);

    /// <summary>Adds a route behind those with the same destination: <c>ip route append</c>; in IPv6 a further next hop.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Append(RouteMessage route) => Submit("append route", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND, route);

    /// <summary>Deletes the first route that agrees with what the message states: <c>ip route del</c>.</summary>
    /// <param name="route">The route, as it was read or as it was added.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is none.</exception>
    public void Delete(RouteMessage route) => Submit("delete route", RTM_DELROUTE, 0, route);

    private void Submit(string operation, ushort type, ushort flags, RouteMessage route)
    {
        ArgumentNullException.ThrowIfNull(route);
        _sink.Submit(operation, type, flags, route);
    }
}
