using Terway.Policy.Internal;

namespace Terway.Policy.Nftables.Internal;

/// <summary>The pods that the calculation published, as chains of the table and as elements of what leads to them.</summary>
internal sealed class EndpointRenderer
{
    private static readonly (PolicyDirections Direction, RulesetSet Map)[] Ways =
        [(PolicyDirections.Egress, StaticRules.FromMap), (PolicyDirections.Ingress, StaticRules.ToMap)];

    private readonly NftablesOptions _options;
    private readonly SetTable _sets;
    private readonly ChainTable _chains;
    private readonly PolicyRenderer _policies;
    private readonly StaticRules _static;
    private readonly EndpointRendering _rendering;
    private readonly Dictionary<ResourceKey, LocalEndpoint> _endpoints = [];
    private readonly Dictionary<ResourceKey, Rendered> _rendered = [];
    private readonly Dictionary<string, RuleAction?> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, PolicyDirections> _passes = [];
    private readonly HashSet<ResourceKey> _changedPolicies = [];
    private readonly HashSet<string> _changedProfiles = new(StringComparer.Ordinal);
    private readonly HashSet<ResourceKey> _dirty = [];

    /// <summary>How many links do not begin with the prefix, and whether the chains that stand take note of such.</summary>
    private int _otherNames;
    private bool _putOtherNames;

    internal EndpointRenderer(NftablesOptions options, PolicyRenderer policies, SetTable sets, ChainTable chains)
    {
        _options = options;
        _sets = sets;
        _chains = chains;
        _policies = policies;
        _static = new(options);
        _rendering = new(options, policies.PassesOf, name => _profiles.GetValueOrDefault(name));
        foreach (var set in (RulesetSet[])[StaticRules.FromMap, StaticRules.ToMap, StaticRules.Endpoints, StaticRules.SourcesV4, StaticRules.SourcesV6])
            sets.Acquire(set);
        PutStatic();
    }

    internal void Set(LocalEndpoint endpoint)
    {
        _endpoints[endpoint.Pod] = endpoint;
        _dirty.Add(endpoint.Pod);
    }

    internal void Remove(ResourceKey pod)
    {
        _endpoints.Remove(pod);
        _dirty.Add(pod);
    }

    internal void SetProfile(ActiveProfile profile)
    {
        _profiles[profile.Name] = profile.Action;
        _changedProfiles.Add(profile.Name);
    }

    internal void RemoveProfile(string name)
    {
        _profiles.Remove(name);
        _changedProfiles.Add(name);
    }

    internal void PolicyChanged(ResourceKey policy) => _changedPolicies.Add(policy);

    internal void Render()
    {
        FindAffected();
        // All that goes before all that comes: a link's name may go from one pod to another.
        foreach (var pod in _dirty)
        {
            if (_rendered.Remove(pod, out var former))
                Withdraw(former);
        }

        foreach (var pod in _dirty)
        {
            if (_endpoints.TryGetValue(pod, out var endpoint))
                Publish(_rendered[pod] = Render(endpoint));
        }

        _dirty.Clear();
        if (_otherNames > 0 != _putOtherNames)
            PutStatic();
    }

    /// <summary>An endpoint's chain depends on a policy only by whether it may pass, and on a profile by its action.</summary>
    private void FindAffected()
    {
        var passing = _changedPolicies.Where(policy => _policies.TryGetPasses(policy) is { } now && now != _passes.GetValueOrDefault(policy)).ToHashSet();
        foreach (var policy in _changedPolicies)
        {
            if (_policies.TryGetPasses(policy) is { } now)
                _passes[policy] = now;
            else
                _passes.Remove(policy);
        }

        if (passing.Count > 0 || _changedProfiles.Count > 0)
            _dirty.UnionWith(_endpoints.Values.Where(e => e.Profiles.Any(_changedProfiles.Contains) || Policies(e).Any(passing.Contains)).Select(e => e.Pod));
        _changedPolicies.Clear();
        _changedProfiles.Clear();
    }

    private static IEnumerable<ResourceKey> Policies(LocalEndpoint endpoint) => endpoint.Tiers.SelectMany(t => t.Ingress.Concat(t.Egress));

    private Rendered Render(LocalEndpoint endpoint)
    {
        List<(RulesetSet Set, RulesetElement Element)> elements = [(StaticRules.Endpoints, new(Interface: endpoint.InterfaceName))];
        List<RulesetChain> chains = [];
        foreach (var (direction, map) in Ways)
        {
            var chain = _rendering.Render(endpoint, direction);
            if (chain is not null)
                chains.Add(chain);
            var verdict = chain is null ? RulesetVerdict.Accept : RulesetVerdict.Goto(chain.Name);
            elements.Add((map, new(Interface: endpoint.InterfaceName, Verdict: verdict)));
        }

        elements.AddRange(endpoint.Addresses.Distinct().Select(address => (
            address.Version() is IpVersion.V4 ? StaticRules.SourcesV4 : StaticRules.SourcesV6,
            new RulesetElement(Interface: endpoint.InterfaceName, Network: Addresses.Single(address)))));
        return new(endpoint, chains, elements);
    }

    private void Withdraw(Rendered rendered)
    {
        foreach (var (set, element) in rendered.Elements)
            _sets.Remove(set.Name, element);
        foreach (var chain in rendered.Chains)
            _chains.Remove(chain.Name);
        if (HasOtherName(rendered))
            _otherNames--;
    }

    private void Publish(Rendered rendered)
    {
        foreach (var chain in rendered.Chains)
            _chains.Put(chain);
        foreach (var (set, element) in rendered.Elements)
            _sets.Add(set.Name, element);
        if (HasOtherName(rendered))
            _otherNames++;
    }

    private bool HasOtherName(Rendered rendered) => !rendered.Endpoint.InterfaceName.StartsWith(_options.InterfacePrefix, StringComparison.Ordinal);

    private void PutStatic()
    {
        _putOtherNames = _otherNames > 0;
        foreach (var chain in _static.Chains(_putOtherNames))
            _chains.Put(chain);
    }

    private sealed record Rendered(LocalEndpoint Endpoint, List<RulesetChain> Chains, List<(RulesetSet Set, RulesetElement Element)> Elements);
}
