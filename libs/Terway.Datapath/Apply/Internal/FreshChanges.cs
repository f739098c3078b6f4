using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Everything that a plan wants of a namespace whose links were made a moment ago and are known to be bare.</summary>
internal static class FreshChanges
{
    internal static List<Change> For(PlanScope scope, NamespacePlan plan, LinkIndexes links)
    {
        var changes = new List<Change>(plan.Links.Length + plan.Addresses.Length + plan.Neighbours.Length + plan.Routes.Length + (2 * plan.Rules.Length));
        foreach (var address in plan.Addresses)
            changes.Add(new AddressAddition(scope, address, links[address.Device]));
        foreach (var link in plan.Links)
            changes.Add(new NewLinkUp(scope, link, links[link.Name]));
        foreach (var neighbour in plan.Neighbours)
            changes.Add(new NeighbourChange(scope, neighbour, links[neighbour.Device], previous: null));
        foreach (var route in plan.Routes)
            changes.Add(new RouteChange(scope, route, links[route.Device], previous: null));
        foreach (var rule in plan.Rules)
        {
            changes.Add(new StaleRuleRemoval(scope, rule));
            changes.Add(new RuleAddition(scope, rule));
        }
        return changes;
    }
}
