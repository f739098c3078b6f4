namespace Terway.Policy.Internal;

/// <summary>Checks a Kubernetes NetworkPolicy.</summary>
internal sealed class KubernetesLint(KubernetesNetworkPolicy policy, LintCluster cluster)
{
    private readonly KubernetesPolicyView _view = new(policy);

    internal IEnumerable<LintFinding> Check() =>
    [
        .. cluster.CheckSubject(policy.Key, "spec.podSelector", IsSubject),
        .. CheckDirection(PolicyDirections.Ingress, policy.Ingress, "ingress", "from"),
        .. CheckDirection(PolicyDirections.Egress, policy.Egress, "egress", "to"),
        .. CheckNameService(),
    ];

    private bool IsSubject(Peer pod) => _view.AppliesTo(pod, PolicyDirections.Ingress) || _view.AppliesTo(pod, PolicyDirections.Egress);

    private IEnumerable<LintFinding> CheckDirection(PolicyDirections direction, EquatableArray<KubernetesRule> rules, string list, string peers)
    {
        if (!rules.IsEmpty && !policy.Directions.HasFlag(direction))
        {
            yield return Found(LintCode.DirectionIgnored, $"spec.{list}", $"policyTypes does not list {direction}, so these rules count for nothing", $"add {direction} to policyTypes, or remove the rules");
            yield break;
        }

        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].IsVoid)
                continue;
            foreach (var finding in CheckRule(rules[i], direction, $"spec.{list}[{i}]", peers))
                yield return finding;
        }
    }

    private List<LintFinding> CheckRule(KubernetesRule rule, PolicyDirections direction, string field, string peers)
    {
        List<LintFinding> findings = [];
        var idle = 0;
        for (var i = 0; i < rule.Peers.Count; i++)
        {
            if (CheckPeer(rule.Peers[i], $"{field}.{peers}[{i}]") is not { } finding)
                continue;
            findings.Add(finding);
            idle++;
        }

        if (idle > 0 && idle == rule.Peers.Count)
            findings.Add(Found(LintCode.RuleNeverMatches, field, $"no peer of {peers} matches anything, so the rule allows nothing", "see the peers"));
        findings.AddRange(CheckPorts(rule, direction, field));
        if (CheckConjunction(rule, $"{field}.{peers}") is { } probable)
            findings.Add(probable);
        return findings;
    }

    private LintFinding? CheckPeer(KubernetesPeer peer, string field)
    {
        if (peer.IpBlock is { } block)
        {
            return Covers(block)
                ? Found(LintCode.PeerMatchesNothing, $"{field}.ipBlock", $"except leaves nothing of {block.Cidr}", "narrow the exceptions")
                : null;
        }

        if (cluster.Pods.Any(pod => _view.IsSelected(peer, pod)))
            return null;
        var wrongKey = peer.NamespaceSelector?.MatchLabels.Find("name") is { } name && cluster.HasNamespace(name);
        return Found(
            LintCode.PeerMatchesNothing,
            field,
            "matches no pod",
            wrongKey ? $"namespaces do not have the label name by themselves; write {Namespace.NameLabel}" : "compare the labels with those of the pods and namespaces");
    }

    /// <summary>Whether the exceptions together are the whole block: its two halves, or theirs.</summary>
    private static bool Covers(IpBlock block) => Covers(block.Cidr, block.Except);

    private static bool Covers(System.Net.IPNetwork whole, EquatableArray<System.Net.IPNetwork> parts)
    {
        if (parts.Any(p => p.Version() == whole.Version() && Addresses.Contains(p, whole)))
            return true;
        return parts.Any(p => p.Version() == whole.Version() && Addresses.Contains(whole, p)) && Addresses.Halves(whole) is { } halves
            && Covers(halves.Lower, parts) && Covers(halves.Upper, parts);
    }

    private IEnumerable<LintFinding> CheckPorts(KubernetesRule rule, PolicyDirections direction, string field)
    {
        var isIngress = direction is PolicyDirections.Ingress;
        List<Peer> owners = isIngress
            ? [.. cluster.Pods.Where(IsSubject)]
            : [.. cluster.Pods.Where(pod => rule.Peers.IsEmpty || rule.Peers.Any(peer => peer.IpBlock is not null || _view.IsSelected(peer, pod)))];
        if (owners.Count == 0)
            yield break;
        for (var i = 0; i < rule.Ports.Count; i++)
        {
            if (rule.Ports[i].Port is { Name: { } name }
                && LintCluster.CheckName(policy.Key, $"{field}.ports[{i}].port", name, rule.Ports[i].Protocol, owners, isIngress ? "the pods that the policy selects" : "the peers") is { } finding)
            {
                yield return finding;
            }
        }
    }

    private LintFinding? CheckConjunction(KubernetesRule rule, string field)
    {
        var namespaces = IndexOf(rule, p => p is { NamespaceSelector: not null, PodSelector: null });
        var pods = IndexOf(rule, p => p is { NamespaceSelector: null, PodSelector: not null });
        return namespaces < 0 || pods < 0
            ? null
            : Found(
                LintCode.PeersProbablyOne,
                field,
                $"[{namespaces}] is every pod of its namespaces, and [{pods}] pods of {policy.Namespace} only: either is enough",
                "where pods with these labels in those namespaces are meant, write both selectors in one entry, with one dash");
    }

    private static int IndexOf(KubernetesRule rule, Func<KubernetesPeer, bool> isIt)
    {
        for (var i = 0; i < rule.Peers.Count; i++)
        {
            if (isIt(rule.Peers[i]))
                return i;
        }

        return -1;
    }

    private IEnumerable<LintFinding> CheckNameService()
    {
        if (policy.Egress.IsEmpty || !policy.Directions.HasFlag(PolicyDirections.Egress))
            return [];
        return cluster.Pods.Where(pod => _view.AppliesTo(pod, PolicyDirections.Egress)).FirstOrDefault(pod => !cluster.MayAskNames(pod)) is { Pod: { } first }
            ? [Found(LintCode.NoNameService, "spec.egress", $"{first.Namespace}/{first.Name} may send, but to no name service: nothing allows UDP port 53", "allow UDP and TCP port 53 to the cluster's DNS, unless the pods use addresses only")]
            : [];
    }

    private LintFinding Found(LintCode code, string field, string reason, string hint) => new(code, policy.Key, field, reason, hint);
}
