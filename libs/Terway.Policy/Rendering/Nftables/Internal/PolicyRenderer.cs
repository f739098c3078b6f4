namespace Terway.Policy.Nftables.Internal;

/// <summary>The policies that the calculation published, as chains of the table.</summary>
internal sealed class PolicyRenderer(NftablesOptions options, IIpSetNames ipSets, SetTable sets, ChainTable chains)
{
    private readonly PolicyRendering _rendering = new(options, ipSets);
    private readonly Dictionary<ResourceKey, ActivePolicy> _policies = [];
    private readonly Dictionary<ResourceKey, RenderedPolicy> _rendered = [];
    private readonly Dictionary<string, HashSet<ResourceKey>> _usersOf = new(StringComparer.Ordinal);
    private readonly HashSet<ResourceKey> _dirty = [];

    /// <summary>The directions in which a policy may pass packets on.</summary>
    internal PolicyDirections PassesOf(ResourceKey policy) => _rendered[policy].Passes;

    /// <summary>The same, and null for a policy that is not there.</summary>
    internal PolicyDirections? TryGetPasses(ResourceKey policy) => _rendered.TryGetValue(policy, out var rendered) ? rendered.Passes : null;

    internal void Set(ActivePolicy policy)
    {
        Forget(policy.Key);
        _policies[policy.Key] = policy;
        foreach (var set in SetsOf(policy))
        {
            if (!_usersOf.TryGetValue(set, out var users))
                _usersOf[set] = users = [];
            users.Add(policy.Key);
        }

        _dirty.Add(policy.Key);
    }

    internal void Remove(ResourceKey key)
    {
        Forget(key);
        _policies.Remove(key);
        _dirty.Add(key);
    }

    internal void SetChanged(string set)
    {
        if (_usersOf.TryGetValue(set, out var users))
            _dirty.UnionWith(users);
    }

    internal void Render()
    {
        foreach (var key in _dirty)
        {
            _rendered.Remove(key, out var former);
            var now = _policies.TryGetValue(key, out var policy) ? _rendering.Render(policy) : null;
            // What both name is taken before it is let go, so that it stays as it is.
            foreach (var literal in now?.Literals ?? [])
                sets.Acquire(literal);
            foreach (var literal in former?.Literals ?? [])
                sets.Release(literal.Set.Name);
            foreach (var chain in former?.Chains ?? [])
                chains.Remove(chain.Name);
            foreach (var chain in now?.Chains ?? [])
                chains.Put(chain);
            if (now is not null)
                _rendered[key] = now;
        }

        _dirty.Clear();
    }

    private void Forget(ResourceKey key)
    {
        if (!_policies.TryGetValue(key, out var policy))
            return;
        foreach (var set in SetsOf(policy))
        {
            if (_usersOf[set].Remove(key) && _usersOf[set].Count == 0)
                _usersOf.Remove(set);
        }
    }

    private static HashSet<string> SetsOf(ActivePolicy policy) => policy.Ingress.Concat(policy.Egress)
        .SelectMany(rule => new[] { rule.Source, rule.Destination })
        .SelectMany(entity => new[] { entity.Set, entity.NotSet }.OfType<string>().Concat(entity.PortSets).Concat(entity.NotPortSets))
        .ToHashSet(StringComparer.Ordinal);
}
