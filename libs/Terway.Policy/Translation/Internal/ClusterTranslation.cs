namespace Terway.Policy.Internal;

/// <summary>Policies of the administrators to Felix's form, in the tiers that Calico keeps for them: one rule per protocol and peer.</summary>
internal static class ClusterTranslation
{
    internal static TranslatedPolicy Translate(ClusterPolicy policy) => new()
    {
        Key = policy.Key,
        Tier = policy.TierName,
        Order = policy.Priority,
        Subject = SelectorOf(policy.Subject),
        Directions = policy.Directions,
        Ingress = Translate(policy.Ingress, isIngress: true),
        Egress = Translate(policy.Egress, isIngress: false),
    };

    private static EquatableArray<TranslatedRule> Translate(EquatableArray<ClusterPolicyRule> rules, bool isIngress) =>
        rules.SelectMany((rule, index) => PortsByProtocol(rule.Ports).SelectMany(group => rule.Peers.Select(peer => new TranslatedRule(index, rule.Action)
        {
            Protocol = group.Protocol,
            Source = isIngress ? EntityOf(peer) : TranslatedEntity.Anything,
            Destination = (isIngress ? TranslatedEntity.Anything : EntityOf(peer)) with { Ports = group.Ports },
        }))).ToEquatableArray();

    private static TranslatedEntity EntityOf(ClusterPolicyPeer peer) =>
        peer.Networks.IsEmpty ? new() { Selector = SelectorOf(peer) } : new() { Nets = peer.Networks };

    private static Selector SelectorOf(ClusterPolicyPeer peer) =>
        Selector.AllOf(SelectorPrefix.OfNamespace(peer.Namespaces.ToSelector()), KubernetesTranslation.PodTerms(peer.Pods));

    private static IEnumerable<(IpProtocol? Protocol, EquatableArray<PortMatch> Ports)> PortsByProtocol(EquatableArray<ClusterPolicyPort> ports) =>
        ports.IsEmpty
            ? [(null, default)]
            : ports.GroupBy(p => p.Protocol).OrderBy(g => g.Key?.ToString(), StringComparer.Ordinal)
                .Select(g => (g.Key, g.Any(p => p.Port is null) ? default : g.Select(p => p.Port!.Value).Distinct().ToEquatableArray()));
}
