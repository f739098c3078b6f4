namespace Terway.Policy.Internal;

/// <summary>A policy of the administrators by its own words.</summary>
internal sealed class ClusterPolicyView(ClusterPolicy policy) : IPolicyView
{
    public ResourceKey Key => policy.Key;

    public string Tier => policy.TierName;

    public double Order => policy.Priority;

    public bool AppliesTo(Peer subject, PolicyDirections direction) =>
        policy.Directions.HasFlag(direction) && IsSelected(policy.Subject, subject);

    public IEnumerable<(int Index, RuleAction Action)> Matches(PolicyDirections direction, Packet packet, ClusterView cluster)
    {
        var isIngress = direction is PolicyDirections.Ingress;
        var rules = isIngress ? policy.Ingress : policy.Egress;
        for (var i = 0; i < rules.Count; i++)
        {
            if (Matches(rules[i], isIngress, packet, cluster))
                yield return (i, rules[i].Action);
        }
    }

    internal static bool IsSelected(ClusterPolicyPeer wanted, Peer known) =>
        known.Pod is { } pod && wanted.Networks.IsEmpty && wanted.Namespaces.Matches(known.NamespaceLabels) && wanted.Pods.Matches(pod.Labels);

    /// <summary>A port's name is resolved by the destination, which for egress is the very pod that is the peer.</summary>
    private static bool Matches(ClusterPolicyRule rule, bool isIngress, Packet packet, ClusterView cluster)
    {
        var other = isIngress ? packet.Source : packet.Destination;
        var known = cluster.At(other).ToList();
        return rule.Peers.Any(peer => peer.Networks.IsEmpty
            ? known.Any(k => IsSelected(peer, k)) && MatchesPorts(rule, packet, isIngress ? cluster.At(packet.Destination) : known.Where(k => IsSelected(peer, k)))
            : peer.Networks.Any(n => n.Contains(other)) && MatchesPorts(rule, packet, cluster.At(packet.Destination)));
    }

    private static bool MatchesPorts(ClusterPolicyRule rule, Packet packet, IEnumerable<Peer> destination) =>
        rule.Ports.IsEmpty || rule.Ports.Any(port => (port.Protocol is null || port.Protocol == packet.Protocol) && port.Port switch
        {
            null => true,
            { Range: { } range } => range.Contains(packet.DestinationPort),
            { Name: var name } => destination.Any(d => d.Pod is { } pod && pod.Ports.Contains(new(name!, packet.Protocol, packet.DestinationPort))),
        });
}
