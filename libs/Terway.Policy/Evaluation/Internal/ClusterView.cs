using System.Net;

namespace Terway.Policy.Internal;

/// <summary>A state of the cluster, arranged for questions by address.</summary>
internal sealed class ClusterView
{
    private readonly Dictionary<ResourceKey, Peer> _pods = [];
    private readonly Dictionary<IPAddress, List<Peer>> _podsByAddress = [];
    private readonly List<Peer> _networkSets = [];
    private readonly ILookup<string, IPolicyView> _policies;

    internal ClusterView(IEnumerable<Resource> resources)
    {
        Dictionary<ResourceKey, Resource> all = [];
        foreach (var resource in resources)
            all[resource.Key] = resource;

        foreach (var resource in all.Values)
            AddPeer(resource, all);
        _policies = all.Values.Select(ViewOf).OfType<IPolicyView>().OrderBy(p => p.Order).ThenBy(p => p.Key)
            .ToLookup(p => p.Tier, StringComparer.Ordinal);
        Tiers = ArrangeTiers(all.Values.OfType<CalicoTier>());
    }

    internal IReadOnlyList<CalicoTier> Tiers { get; }

    internal IEnumerable<IPolicyView> PoliciesOf(string tier) => _policies[tier];

    internal Peer? Find(ResourceKey pod) => _pods.GetValueOrDefault(pod);

    /// <summary>All that is known to have an address: pods, and network sets that hold it.</summary>
    internal IEnumerable<Peer> At(IPAddress address) =>
        (_podsByAddress.TryGetValue(address, out var pods) ? pods : []).Concat(_networkSets.Where(s => s.Set!.Nets.Any(n => n.Contains(address))));

    private void AddPeer(Resource resource, Dictionary<ResourceKey, Resource> all)
    {
        if (resource is NetworkSet set)
            _networkSets.Add(new(null, set, FindNamespace(set.Namespace, all), null));
        if (resource is not Pod { IsEndpoint: true } pod)
            return;

        var account = pod.ServiceAccount is { } name ? all.GetValueOrDefault(new(ResourceKind.ServiceAccount, pod.Namespace, name)) : null;
        var peer = new Peer(pod, null, FindNamespace(pod.Namespace, all), account as ServiceAccount);
        _pods[pod.Key] = peer;
        foreach (var address in pod.Addresses.Distinct())
        {
            if (!_podsByAddress.TryGetValue(address, out var sharing))
                _podsByAddress[address] = sharing = [];
            sharing.Add(peer);
        }
    }

    private IReadOnlyList<CalicoTier> ArrangeTiers(IEnumerable<CalicoTier> written)
    {
        var known = CalicoTier.BuiltIn.Concat(written).GroupBy(t => t.Name, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var orphans = _policies.Select(g => g.Key).Except(known.Select(t => t.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return
        [
            .. known.OrderBy(t => t.Order ?? double.PositiveInfinity).ThenBy(t => t.Name, StringComparer.Ordinal),
            .. orphans.Select(name => new CalicoTier { Name = name }),
        ];
    }

    private static Namespace? FindNamespace(string? name, Dictionary<ResourceKey, Resource> all) =>
        name is null ? null : all.GetValueOrDefault(new(ResourceKind.Namespace, null, name)) as Namespace;

    private static IPolicyView? ViewOf(Resource resource) => resource switch
    {
        KubernetesNetworkPolicy policy => new KubernetesPolicyView(policy),
        CalicoPolicy { IsForHostsOnly: false } policy => new CalicoPolicyView(policy),
        ClusterPolicy policy => new ClusterPolicyView(policy),
        _ => null,
    };
}
