using System.Net;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The routes of the connection's namespace: <c>ip route</c>.</summary>
public sealed class RouteClient : RouteCommands
{
    private readonly NetlinkConnection _connection;

    internal RouteClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists routes: <c>ip route show table all</c>.</summary>
    /// <param name="filter">Which; null for those of all tables and both families.</param>
    /// <returns>The routes in the kernel's order.</returns>
    public IReadOnlyList<RouteMessage> List(RouteFilter? filter = null)
    {
        filter ??= RouteFilter.All;
        var sink = new ListSink<RouteMessage>(filter);
        ThrowUnlessEmptyTable(_connection.Dump(RTM_GETROUTE, filter, ref sink), filter);
        return sink.Take();
    }

    /// <summary>Visits the routes without making an object of each.</summary>
    /// <typeparam name="TVisitor">The visitor's type.</typeparam>
    /// <param name="visitor">Is shown each route; must not use this connection meanwhile.</param>
    /// <param name="filter">Which; null for all. Kernels before 4.20 heed only the family.</param>
    public void Visit<TVisitor>(ref TVisitor visitor, RouteFilter? filter = null)
        where TVisitor : IRouteVisitor
    {
        filter ??= RouteFilter.All;
        var sink = new VisitorSink<TVisitor>(ref visitor);
        ThrowUnlessEmptyTable(_connection.Dump(RTM_GETROUTE, filter, ref sink), filter);
    }

    /// <summary>The route that a packet would take: <c>ip route get</c>.</summary>
    /// <param name="destination">The packet's destination.</param>
    /// <param name="packet">What else is known of it: <see cref="RouteMessage.Source"/> (full length), <see cref="RouteMessage.Mark"/>, links, tos.</param>
    /// <returns>The result, with its table.</returns>
    /// <exception cref="NetlinkException">There is none, for instance <see cref="Errno.NetworkUnreachable"/>.</exception>
    public RouteMessage Lookup(IPAddress destination, RouteMessage? packet = null)
    {
        var failure = Lookup(destination, packet, out var found);
        return found ?? throw failure.ToException("look up route to", destination);
    }

    /// <summary>The route that a packet would take, where having none is no surprise: it then costs no exception.</summary>
    /// <param name="destination">The packet's destination.</param>
    /// <param name="packet">What else is known of it, as for <see cref="Lookup(IPAddress, RouteMessage?)"/>.</param>
    /// <returns>The result, with its table; null when there is none (<see cref="Errno.NetworkUnreachable"/>, <see cref="Errno.HostUnreachable"/>).</returns>
    /// <exception cref="NetlinkException">The kernel refused for another reason, such as a route of type <c>prohibit</c>.</exception>
    public RouteMessage? FindTo(IPAddress destination, RouteMessage? packet = null)
    {
        var failure = Lookup(destination, packet, out var found);
        return failure is { IsFailure: true, IsNotFound: false, Errno: not (Errno.NetworkUnreachable or Errno.HostUnreachable) }
            ? throw failure.ToException("look up route to", destination)
            : found;
    }

    /// <summary>Deletes a route if it is there.</summary>
    /// <param name="route">The route, as it was read or as it was added.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(RouteMessage route) => _connection.TrySubmit("delete route", RTM_DELROUTE, 0, route);

    private NetlinkFailure Lookup(IPAddress destination, RouteMessage? packet, out RouteMessage? found)
    {
        var request = (packet ?? new RouteMessage()) with
        {
            Family = IpFamilies.Of(destination),
            Destination = InterfaceAddress.Host(destination).Network,
            // IPv6 always names the table, and refuses to be asked for it.
            Flags = IpFamilies.Of(destination) == IpFamily.IPv4 ? RouteFlags.LookupTable : RouteFlags.None,
        };
        var sink = default(SingleSink<RouteMessage>);
        var failure = _connection.Get(RTM_GETROUTE, 0, request, ref sink);
        found = failure.IsFailure ? null : sink.Found;
        return found is null && !failure.IsFailure ? new(Errno.NoSuchProcess) : failure;
    }

    /// <summary>A table without routes does not exist, which strict checking answers with ENOENT.</summary>
    private static void ThrowUnlessEmptyTable(NetlinkFailure failure, RouteFilter filter)
    {
        if (failure.IsFailure && !(failure.Errno == Errno.NoEntry && filter.Table is not null))
            throw failure.ToException("list routes", null);
    }

    private readonly ref struct VisitorSink<TVisitor>(ref TVisitor visitor) : IAnswerSink
        where TVisitor : IRouteVisitor
    {
        private readonly ref TVisitor _visitor = ref visitor;

        public void Begin() => _visitor.Begin();

        public void Message(NetlinkReader body) => _visitor.Visit(new RouteView(body));
    }
}
