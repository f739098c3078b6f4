using System.Net;

namespace Terway.Policy.Internal;

/// <summary>A Kubernetes NetworkPolicy by Kubernetes' own words: selectors over the labels of pods and namespaces as they are written.</summary>
internal sealed class KubernetesPolicyView(KubernetesNetworkPolicy policy) : IPolicyView
{
    /// <summary>Where Calico puts these policies among its own.</summary>
    private const double PlaceInTier = 1000;

    public ResourceKey Key => policy.Key;

    public string Tier => CalicoTier.DefaultName;

    public double Order => PlaceInTier;

    public bool AppliesTo(Peer subject, PolicyDirections direction) =>
        policy.Directions.HasFlag(direction)
        && subject.Pod!.Namespace == policy.Namespace
        && policy.PodSelector.Matches(subject.Pod.Labels);

    public IEnumerable<(int Index, RuleAction Action)> Matches(PolicyDirections direction, Packet packet, ClusterView cluster)
    {
        var isIngress = direction is PolicyDirections.Ingress;
        var rules = isIngress ? policy.Ingress : policy.Egress;
        for (var i = 0; i < rules.Count; i++)
        {
            if (!rules[i].IsVoid && (isIngress ? MatchesIngress(rules[i], packet, cluster) : MatchesEgress(rules[i], packet, cluster)))
                yield return (i, RuleAction.Allow);
        }
    }

    internal bool IsSelected(KubernetesPeer peer, Peer known) =>
        known.Pod is { } pod
        && (peer.NamespaceSelector is { } namespaces ? namespaces.Matches(known.NamespaceLabels) : pod.Namespace == policy.Namespace)
        && (peer.PodSelector is not { } pods || pods.Matches(pod.Labels));

    private bool MatchesIngress(KubernetesRule rule, Packet packet, ClusterView cluster) =>
        (rule.Peers.IsEmpty || rule.Peers.Any(peer => IsPeer(peer, packet.Source, cluster.At(packet.Source))))
        && MatchesPorts(rule, packet, cluster.At(packet.Destination));

    /// <summary>A port's name is resolved by the very pod that is the peer.</summary>
    private bool MatchesEgress(KubernetesRule rule, Packet packet, ClusterView cluster)
    {
        var known = cluster.At(packet.Destination).ToList();
        return rule.Peers.IsEmpty
            ? MatchesPorts(rule, packet, known)
            : rule.Peers.Any(peer => IsPeer(peer, packet.Destination, known)
                && MatchesPorts(rule, packet, peer.IpBlock is null ? known.Where(k => IsSelected(peer, k)) : known));
    }

    private bool IsPeer(KubernetesPeer peer, IPAddress address, IEnumerable<Peer> known) => peer.IpBlock is { } block
        ? block.Cidr.Contains(address) && !block.Except.Any(e => e.Contains(address))
        : known.Any(k => IsSelected(peer, k));

    private static bool MatchesPorts(KubernetesRule rule, Packet packet, IEnumerable<Peer> destination) =>
        rule.Ports.IsEmpty || rule.Ports.Any(port => port.Protocol == packet.Protocol && port.Port switch
        {
            null => true,
            { Range: { } range } => range.Contains(packet.DestinationPort),
            { Name: var name } => destination.Any(d => d.Pod is { } pod && pod.Ports.Contains(new(name!, packet.Protocol, packet.DestinationPort))),
        });
}
