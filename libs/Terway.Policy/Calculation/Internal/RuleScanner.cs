namespace Terway.Policy.Internal;

/// <summary>Replaces the selectors and port names of rules by IP sets, and tells which sets that takes.</summary>
internal static class RuleScanner
{
    internal static ActivePolicy Scan(TranslatedPolicy policy, List<IpSetSpec> sets) => new(
        policy.Key,
        policy.Tier,
        policy.Directions.HasFlag(PolicyDirections.Ingress) ? policy.Ingress.Select(r => Scan(r, sets)).ToEquatableArray() : default,
        policy.Directions.HasFlag(PolicyDirections.Egress) ? policy.Egress.Select(r => Scan(r, sets)).ToEquatableArray() : default);

    private static ActiveRule Scan(TranslatedRule rule, List<IpSetSpec> sets) => new(rule.Index, rule.Action)
    {
        IpVersion = rule.IpVersion,
        Protocol = rule.Protocol,
        NotProtocol = rule.NotProtocol,
        Icmp = rule.Icmp,
        NotIcmp = rule.NotIcmp,
        Source = Scan(rule.Source, rule.Protocol, sets),
        Destination = Scan(rule.Destination, rule.Protocol, sets),
    };

    private static ActiveEntity Scan(TranslatedEntity entity, IpProtocol? protocol, List<IpSetSpec> sets)
    {
        var ports = Numbers(entity.Ports);
        var portSets = NamedPorts(entity, entity.Ports, protocol, sets);
        // The sets of named ports hold only what the selector selects, so that without numbers they say all that its own set would.
        var needsSet = entity.Selector is not null && (portSets.IsEmpty || !ports.IsEmpty);
        return new()
        {
            Nets = entity.Nets,
            NotNets = entity.NotNets,
            Set = needsSet ? Need(IpSetSpec.Of(entity.Selector!), sets) : null,
            NotSet = entity.NotSelector is { } not ? Need(IpSetSpec.Of(not), sets) : null,
            Ports = ports,
            PortSets = portSets,
            NotPorts = Numbers(entity.NotPorts),
            NotPortSets = NamedPorts(entity, entity.NotPorts, protocol, sets),
        };
    }

    private static EquatableArray<PortRange> Numbers(EquatableArray<PortMatch> ports) =>
        ports.Select(p => p.Range).OfType<PortRange>().ToEquatableArray();

    private static EquatableArray<string> NamedPorts(TranslatedEntity entity, EquatableArray<PortMatch> ports, IpProtocol? protocol, List<IpSetSpec> sets) =>
        ports.Select(p => p.Name).OfType<string>()
            .Select(name => Need(IpSetSpec.OfPort(entity.Selector ?? Selector.All, protocol, name), sets)).ToEquatableArray();

    private static string Need(IpSetSpec set, List<IpSetSpec> sets)
    {
        sets.Add(set);
        return set.Id;
    }
}
