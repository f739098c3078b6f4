using System.Net;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>The changes that make one namespace as planned. Only objects on the plan's own links, and rules of its own addresses, are looked at.</summary>
internal sealed class NamespaceDiff
{
    private readonly PlanScope _scope;
    private readonly NamespacePlan _plan;
    private readonly RtNetlink _connection;
    private readonly LinkIndexes _links;
    private readonly List<Change> _changes = [];

    private NamespaceDiff(PlanScope scope, NamespacePlan plan, RtNetlink connection, LinkIndexes links)
    {
        _scope = scope;
        _plan = plan;
        _connection = connection;
        _links = links;
    }

    internal static List<Change> Of(PlanScope scope, NamespacePlan plan, RtNetlink connection, LinkIndexes links)
    {
        var diff = new NamespaceDiff(scope, plan, connection, links);
        var actual = plan.Links.Select(link => (Planned: link, Actual: links.Find(link.Name) is { } index ? connection.Links.Find(index) : null)).ToList();
        foreach (var (planned, found) in actual)
            diff.CompareLink(planned, found);
        foreach (var planned in plan.Links)
            diff.CompareAddresses(planned.Name);
        foreach (var (planned, found) in actual)
            diff.CompareUp(planned, found);
        foreach (var neighbour in plan.Neighbours)
            diff.CompareNeighbour(neighbour);
        foreach (var route in plan.Routes)
            diff.CompareRoute(route);
        diff._changes.AddRange(Rules(scope, plan, connection));
        return diff._changes;
    }

    /// <summary>Rules have no link: they are compared by their address over all of the family.</summary>
    internal static List<Change> Rules(PlanScope scope, NamespacePlan plan, RtNetlink connection)
    {
        var changes = new List<Change>();
        foreach (var family in plan.Rules.GroupBy(rule => rule.Family))
        {
            var actual = connection.Rules.List(new RuleFilter { Family = family.Key });
            foreach (var planned in family)
                CompareRule(scope, planned, actual, changes);
        }
        return changes;
    }

    private static void CompareRule(PlanScope scope, PlannedRule planned, IReadOnlyList<RuleMessage> actual, List<Change> changes)
    {
        var found = false;
        foreach (var rule in actual)
        {
            if (!rule.HasSelectorOf(planned))
                continue;
            if (!found && rule.Table == planned.Table)
                found = true;
            else
                changes.Add(new RuleRemoval(scope, rule));
        }
        if (!found)
            changes.Add(new RuleAddition(scope, planned));
    }

    private void CompareLink(PlannedLink planned, LinkMessage? found)
    {
        if (found is null || found.Name != planned.Name)
        {
            _changes.Add(new LinkMissing(_scope, planned));
            return;
        }
        if (planned.Mtu is { } mtu && found.Mtu != mtu)
            AddLinkChange(planned, new() { Index = found.Index, Mtu = (uint)mtu }, new() { Index = found.Index, Mtu = found.Mtu }, $"mtu {found.Mtu}");
        if (planned.AlternativeName is { } name && name != found.Name && !found.AlternativeNames.Contains(name))
            _changes.Add(new AlternativeNameAddition(_scope, planned, found.Index));
        if (planned.Mac is { } mac && found.Mac != mac)
            AddLinkChange(planned, new() { Index = found.Index, Mac = mac }, new() { Index = found.Index, Mac = found.Mac }, $"address {found.Mac}");
    }

    private void CompareUp(PlannedLink planned, LinkMessage? found)
    {
        if (found is not null && !found.IsUp)
        {
            var up = new LinkMessage { Index = found.Index, Flags = LinkFlags.Up, FlagsMask = LinkFlags.Up };
            AddLinkChange(planned, up, new() { Index = found.Index, FlagsMask = LinkFlags.Up }, "down");
        }
    }

    private void AddLinkChange(PlannedLink planned, LinkMessage wanted, LinkMessage previous, string actual) =>
        _changes.Add(new LinkChange(_scope, planned, wanted, previous, actual));

    private void CompareAddresses(string device)
    {
        var wanted = _plan.Addresses.Where(address => address.Device == device).ToList();
        if (wanted.Count == 0)
            return;
        var index = _links.Find(device);
        var actual = index is null ? [] : _connection.Addresses.List(new AddressFilter { Interface = index });
        foreach (var found in actual)
        {
            if (found.Scope == RouteScope.Universe && wanted.Any(w => w.Address.Family == found.Family) && !wanted.Any(w => w.Address == found.Address))
                _changes.Add(new AddressRemoval(_scope, found, device));
        }
        foreach (var address in wanted)
        {
            if (!actual.Any(found => found.Address == address.Address && found.Scope == RouteScope.Universe))
                _changes.Add(new AddressAddition(_scope, address, index ?? IfIndex.None));
        }
    }

    private void CompareNeighbour(PlannedNeighbour planned)
    {
        var index = _links.Find(planned.Device);
        var found = index is null ? null : FindNeighbour(index.Value, planned.Address);
        if (found is null || found.Mac != planned.Mac || found.State != NeighbourStates.Permanent)
            _changes.Add(new NeighbourChange(_scope, planned, index ?? IfIndex.None, found));
    }

    private NeighbourMessage? FindNeighbour(IfIndex link, IPAddress address)
    {
        var onLink = _connection.Neighbours.List(new NeighbourFilter { Interface = link, Family = Families.Of(address) });
        return onLink.FirstOrDefault(neighbour => address.Equals(neighbour.Destination));
    }

    private void CompareRoute(PlannedRoute planned)
    {
        var index = _links.Find(planned.Device);
        var toDestination = index is null
            ? []
            : _connection.Routes.List(new RouteFilter { Family = planned.Family, Table = planned.Table, OutputInterface = index })
                .Where(route => IsTo(route, planned.Destination)).ToList();
        if (!toDestination.Any(route => Equals(route.Gateway, planned.Gateway) && (planned.IsScopeLink ? route.Scope == RouteScope.Link : true)))
            _changes.Add(new RouteChange(_scope, planned, index ?? IfIndex.None, toDestination.FirstOrDefault()));
    }

    private static bool IsTo(RouteMessage route, IPNetwork destination) =>
        destination.PrefixLength == 0 ? route.IsDefault : route.Destination == destination;
}
