namespace Terway.Policy.Internal;

/// <summary>Kubernetes NetworkPolicy to Felix's form: order 1000 in the default tier, one Allow rule per protocol and peer.</summary>
internal static class KubernetesTranslation
{
    private const double PlaceInTier = 1000;

    private static readonly Selector IsPod = Selector.HasValue(LabelKeys.Orchestrator, LabelKeys.Kubernetes);

    internal static TranslatedPolicy Translate(KubernetesNetworkPolicy policy) => new()
    {
        Key = policy.Key,
        Tier = CalicoTier.DefaultName,
        Order = PlaceInTier,
        Subject = Selector.AllOf(PodTerms(policy.PodSelector), SelectorPrefix.InNamespace(policy.Namespace)),
        Directions = policy.Directions,
        Ingress = Translate(policy, policy.Ingress, isIngress: true),
        Egress = Translate(policy, policy.Egress, isIngress: false),
    };

    internal static Selector PodTerms(LabelSelector selector) => selector.ToSelector([IsPod])!;

    private static EquatableArray<TranslatedRule> Translate(KubernetesNetworkPolicy policy, EquatableArray<KubernetesRule> rules, bool isIngress)
    {
        List<TranslatedRule> translated = [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].IsVoid)
                continue;
            var peers = rules[i].Peers.IsEmpty ? [TranslatedEntity.Anything] : rules[i].Peers.Select(p => Translate(policy, p)).ToList();
            foreach (var (protocol, ports) in PortsByProtocol(rules[i].Ports))
            {
                translated.AddRange(peers.Select(peer => new TranslatedRule(i, RuleAction.Allow)
                {
                    Protocol = protocol,
                    Source = isIngress ? peer : TranslatedEntity.Anything,
                    Destination = (isIngress ? TranslatedEntity.Anything : peer) with { Ports = ports },
                }));
            }
        }

        return translated.ToEquatableArray();
    }

    private static TranslatedEntity Translate(KubernetesNetworkPolicy policy, KubernetesPeer peer)
    {
        if (peer.IpBlock is { } block)
            return new() { Nets = [block.Cidr], NotNets = block.Except };
        var namespaces = peer.NamespaceSelector is { } selector
            ? SelectorPrefix.OfNamespace(selector.ToSelector())
            : SelectorPrefix.InNamespace(policy.Namespace);
        return new() { Selector = Selector.AllOf(namespaces, PodTerms(peer.PodSelector ?? LabelSelector.Everything)) };
    }

    private static IEnumerable<(IpProtocol? Protocol, EquatableArray<PortMatch> Ports)> PortsByProtocol(EquatableArray<KubernetesPort> ports)
    {
        if (ports.IsEmpty)
            return [(null, default)];
        return ports.GroupBy(p => p.Protocol).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal)
            .Select(g => ((IpProtocol?)g.Key, g.Any(p => p.Port is null) ? default : Merge(g.Select(p => p.Port!.Value))));
    }

    /// <summary>Names first, then the numbers as the fewest ranges.</summary>
    private static EquatableArray<PortMatch> Merge(IEnumerable<PortMatch> ports)
    {
        var all = ports.Distinct().ToList();
        List<PortRange> ranges = [];
        foreach (var range in all.Select(p => p.Range).OfType<PortRange>().OrderBy(r => r.First))
        {
            if (ranges.Count > 0 && range.First <= ranges[^1].Last + 1)
                ranges[^1] = new(ranges[^1].First, Math.Max(ranges[^1].Last, range.Last));
            else
                ranges.Add(range);
        }

        return [.. all.Where(p => p.Name is not null), .. ranges.Select(r => PortMatch.Number(r.First, r.Last))];
    }
}
