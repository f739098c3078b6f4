namespace Terway.Policy.Internal;

/// <summary>A Calico policy by Calico's own words.</summary>
internal sealed class CalicoPolicyView(CalicoPolicy policy) : IPolicyView
{
    public ResourceKey Key => policy.Key;

    public string Tier => policy.Tier;

    public double Order => policy.Order ?? double.PositiveInfinity;

    public bool AppliesTo(Peer subject, PolicyDirections direction) =>
        policy.Directions.HasFlag(direction)
        && (policy.Namespace is null || policy.Namespace == subject.NamespaceName)
        && policy.Selector.Matches(subject)
        && (policy.NamespaceSelector?.Matches(subject.NamespaceView) ?? true)
        && (policy.ServiceAccountSelector?.Matches(subject.AccountView) ?? true);

    public IEnumerable<(int Index, RuleAction Action)> Matches(PolicyDirections direction, Packet packet, ClusterView cluster)
    {
        var rules = direction is PolicyDirections.Ingress ? policy.Ingress : policy.Egress;
        for (var i = 0; i < rules.Count; i++)
        {
            if (Matches(rules[i], packet, cluster))
                yield return (i, rules[i].Action);
        }
    }

    private bool Matches(CalicoRule rule, Packet packet, ClusterView cluster) =>
        VersionOf(rule) is var version && (version is null || version == packet.Source.Version())
        && (rule.Protocol is null || rule.Protocol == packet.Protocol)
        && (rule.NotProtocol is null || rule.NotProtocol != packet.Protocol)
        && (rule.Icmp is null || Matches(rule.Icmp.Value, packet.Icmp))
        && (rule.NotIcmp is null || !Matches(rule.NotIcmp.Value, packet.Icmp))
        && new EntityQuestion(rule.Source, policy.Namespace).Matches(packet.Source, packet.Protocol, packet.SourcePort, cluster)
        && new EntityQuestion(rule.Destination, policy.Namespace).Matches(packet.Destination, packet.Protocol, packet.DestinationPort, cluster);

    private static IpVersion? VersionOf(CalicoRule rule) => rule.IpVersion ?? (
        rule.Protocol == IpProtocol.Icmp ? IpVersion.V4 :
        rule.Protocol == IpProtocol.IcmpV6 ? IpVersion.V6 : null);

    private static bool Matches(IcmpMatch wanted, IcmpMatch? actual) =>
        actual is { } icmp && icmp.Type == wanted.Type && (wanted.Code is null || wanted.Code == icmp.Code);
}
