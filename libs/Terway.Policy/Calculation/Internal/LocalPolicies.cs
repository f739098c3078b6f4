namespace Terway.Policy.Internal;

/// <summary>Which policies govern the pods of this node, and so which are active.</summary>
internal sealed class LocalPolicies
{
    private readonly Dictionary<ResourceKey, TranslatedPolicy> _policies = [];
    private readonly Dictionary<ResourceKey, HashSet<ResourceKey>> _podsOf = [];
    private readonly Dictionary<ResourceKey, HashSet<ResourceKey>> _policiesOf = [];
    private readonly Dictionary<ResourceKey, List<string>> _setsOf = [];
    private readonly LabelIndex<ResourceKey> _index;
    private readonly IpSetTable _sets;
    private readonly PublishedTable<ResourceKey, ActivePolicy> _active = new();

    internal LocalPolicies(IpSetTable sets)
    {
        _sets = sets;
        _index = new(Start, Stop);
    }

    /// <summary>Pods whose policies, or their order, changed since this was last cleared.</summary>
    internal HashSet<ResourceKey> ChangedPods { get; } = [];

    internal bool HasChanges => ChangedPods.Count > 0 || _active.HasChanges;

    internal IEnumerable<TranslatedPolicy> Of(ResourceKey pod) => _policiesOf.TryGetValue(pod, out var keys) ? keys.Select(k => _policies[k]) : [];

    internal void SetPod(Pod pod) => _index.SetItem(pod.Key, EndpointLabels.Of(pod), EndpointLabels.Profiles(pod));

    internal void RemovePod(ResourceKey pod)
    {
        _index.RemoveItem(pod);
        _policiesOf.Remove(pod);
    }

    internal void SetParent(string profile, LabelSet labels) => _index.SetParent(profile, labels);

    internal void SetPolicy(TranslatedPolicy policy)
    {
        var former = _policies.GetValueOrDefault(policy.Key);
        _policies[policy.Key] = policy;
        if (former is not null && _podsOf.TryGetValue(policy.Key, out var pods))
        {
            Activate(policy);
            if ((former.Tier, former.Order, former.Directions) != (policy.Tier, policy.Order, policy.Directions))
                ChangedPods.UnionWith(pods);
        }

        _index.SetSelector(policy.Key, policy.Subject);
    }

    internal void RemovePolicy(ResourceKey policy)
    {
        _index.RemoveSelector(policy);
        _policies.Remove(policy);
    }

    internal void PlaceAgain(string tier)
    {
        foreach (var (key, pods) in _podsOf)
        {
            if (_policies[key].Tier == tier)
                ChangedPods.UnionWith(pods);
        }
    }

    internal void Flush(Action<ActivePolicy> update, Action<ResourceKey> remove) => _active.Flush(update, remove);

    private void Start(ResourceKey policy, ResourceKey pod)
    {
        if (!_podsOf.TryGetValue(policy, out var pods))
        {
            _podsOf[policy] = pods = [];
            Activate(_policies[policy]);
        }

        pods.Add(pod);
        if (!_policiesOf.TryGetValue(pod, out var policies))
            _policiesOf[pod] = policies = [];
        policies.Add(policy);
        ChangedPods.Add(pod);
    }

    private void Stop(ResourceKey policy, ResourceKey pod)
    {
        _policiesOf[pod].Remove(policy);
        ChangedPods.Add(pod);
        var pods = _podsOf[policy];
        pods.Remove(pod);
        if (pods.Count > 0)
            return;
        _podsOf.Remove(policy);
        _active.Remove(policy);
        if (_setsOf.Remove(policy, out var sets))
            sets.ForEach(_sets.Release);
    }

    /// <summary>Takes the sets of the new rules before those of the old are let go, so that what both name stays as it is.</summary>
    private void Activate(TranslatedPolicy policy)
    {
        List<IpSetSpec> needed = [];
        _active.Set(policy.Key, RuleScanner.Scan(policy, needed));
        needed.ForEach(_sets.Acquire);
        if (_setsOf.TryGetValue(policy.Key, out var former))
            former.ForEach(_sets.Release);
        _setsOf[policy.Key] = [.. needed.Select(s => s.Id)];
    }
}
