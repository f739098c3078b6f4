namespace Terway.Policy.Internal;

/// <summary>What the checks ask of the cluster.</summary>
internal sealed class LintCluster
{
    private readonly Dictionary<ResourceKey, Resource> _all = [];
    private readonly List<Peer> _hostPods = [];
    private readonly Dictionary<ResourceKey, List<KubernetesNetworkPolicy>> _egressPolicies = [];

    internal LintCluster(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
            _all[resource.Key] = resource;
        foreach (var pod in _all.Values.OfType<Pod>().OrderBy(p => p.Key))
            (pod.IsHostNetwork ? _hostPods : Pods).AddRange(pod.IsEndpoint || pod.IsHostNetwork ? [PeerOf(pod)] : []);
        Sets.AddRange(_all.Values.OfType<NetworkSet>().Select(s => new Peer(null, s, FindNamespace(s.Namespace), null)));
        Policies = [.. _all.Values.Where(r => r is KubernetesNetworkPolicy or CalicoPolicy or ClusterPolicy).OrderBy(r => r.Key)];
    }

    internal IReadOnlyList<Resource> Policies { get; }

    internal List<Peer> Pods { get; } = [];

    internal List<Peer> Sets { get; } = [];

    internal bool HasTier(string name) =>
        CalicoTier.BuiltIn.Any(t => t.Name == name) || _all.ContainsKey(new(ResourceKind.Tier, null, name));

    internal bool HasNamespace(string name) => FindNamespace(name) is not null;

    /// <summary>Whether one of the Kubernetes policies that govern what the pod sends lets it ask a name service.</summary>
    internal bool MayAskNames(Peer pod)
    {
        if (!_egressPolicies.TryGetValue(pod.Pod!.Key, out var policies))
        {
            policies = [.. _all.Values.OfType<KubernetesNetworkPolicy>().Where(p => new KubernetesPolicyView(p).AppliesTo(pod, PolicyDirections.Egress))];
            _egressPolicies[pod.Pod.Key] = policies;
        }

        return policies.SelectMany(p => p.Egress).Any(AllowsNames);
    }

    /// <summary>What is found where the policy's subject is wrong.</summary>
    internal IEnumerable<LintFinding> CheckSubject(ResourceKey policy, string field, Func<Peer, bool> isSubject)
    {
        if (!Pods.Any(isSubject))
        {
            yield return _hostPods.Find(p => isSubject(p)) is { } host
                ? new(LintCode.SelectsHostNetwork, policy, field, $"selects only pods on their node's network, such as {host.Pod!.Namespace}/{host.Pod.Name}, which policy does not govern", "give the pod a network of its own, or govern its peers")
                : new(LintCode.SelectsNothing, policy, field, "selects no pod, so the policy does nothing", "compare the labels with those of the pods, and the namespace");
        }
        else if (_hostPods.Find(p => isSubject(p)) is { } host)
        {
            yield return new(LintCode.SelectsHostNetwork, policy, field, $"selects {host.Pod!.Namespace}/{host.Pod.Name} too, which is on its node's network and not governed", "govern that pod's peers");
        }
    }

    /// <summary>Why a port's name resolves nowhere; null where it does.</summary>
    internal static LintFinding? CheckName(ResourceKey policy, string field, string name, IpProtocol? protocol, IReadOnlyList<Peer> owners, string ofWhom)
    {
        if (owners.Any(o => o.Pod!.Ports.Any(p => p.Name == name && (protocol is null || p.Protocol == protocol))))
            return null;
        var other = owners.SelectMany(o => o.Pod!.Ports.Where(p => p.Name == name).Select(p => (o.Pod, p.Protocol))).FirstOrDefault();
        return other.Pod is { } pod
            ? new(LintCode.PortNameUnknown, policy, field, $"'{name}' is no {protocol} port of {ofWhom}; {pod.Namespace}/{pod.Name} has it for {other.Protocol}", $"write protocol: {other.Protocol}")
            : new(LintCode.PortNameUnknown, policy, field, $"'{name}' is no {protocol?.ToString() ?? "named"} port of {ofWhom}", "name a port of the containers as their ports list does, or write the number");
    }

    private static bool AllowsNames(KubernetesRule rule) =>
        !rule.IsVoid && (rule.Ports.IsEmpty || rule.Ports.Any(p => p.Protocol == IpProtocol.Udp && (p.Port is null || p.Port.Value.Name is not null || p.Port.Value.Range!.Value.Contains(53))));

    private Peer PeerOf(Pod pod)
    {
        var account = pod.ServiceAccount is { } name ? _all.GetValueOrDefault(new(ResourceKind.ServiceAccount, pod.Namespace, name)) : null;
        return new(pod, null, FindNamespace(pod.Namespace), account as ServiceAccount);
    }

    private Namespace? FindNamespace(string? name) =>
        name is null ? null : _all.GetValueOrDefault(new(ResourceKind.Namespace, null, name)) as Namespace;
}
