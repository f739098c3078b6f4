using System.Collections.Immutable;
using Terway.Policy.Internal;

namespace Terway.Policy.Iptables.Internal;

/// <summary>Renders for one version of IP. A chain stands where something leads to it.</summary>
internal sealed class VersionRenderer
{
    private static readonly PolicyDirections[] Ways = [PolicyDirections.Ingress, PolicyDirections.Egress];

    private readonly IpVersion _version;
    private readonly IptablesOptions _options;
    private readonly IpsetTable _sets;
    private readonly PolicyChains _policyChains;
    private readonly EndpointChains _endpointChains;
    private readonly DispatchChains _dispatchChains;
    private readonly StaticChains _staticChains;
    private readonly PublishedTable<string, IptablesChain> _published = new();
    private readonly SortedDictionary<string, IptablesChain> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, ActivePolicy> _policies = [];
    private readonly Dictionary<ResourceKey, LocalEndpoint> _endpoints = [];
    private readonly Dictionary<(ResourceKey Policy, PolicyDirections Direction), int> _users = [];
    private HashSet<string> _dispatching = [];
    private bool _linksChanged = true;

    internal VersionRenderer(IpVersion version, IptablesOptions options)
    {
        _version = version;
        _options = options;
        _sets = new(version, options);
        _policyChains = new(options);
        _endpointChains = new(options);
        _dispatchChains = new(options);
        _staticChains = new(options);
    }

    internal IptablesRuleset Ruleset => new(_version, _sets.Contents, [.. _chains.Values], _staticChains.Hooks);

    internal IptablesChain? Find(string name) => _chains.GetValueOrDefault(name);

    internal void Apply(PolicyEvent change)
    {
        switch (change)
        {
            case IpSetUpdated set:
                _sets.Replace(set);
                break;
            case IpSetChanged set:
                _sets.Change(set);
                break;
            case IpSetRemoved set:
                _sets.Remove(set.Id);
                break;
            case PolicyUpdated { Policy: var policy }:
                _policies[policy.Key] = policy;
                foreach (var way in Ways.Where(w => _users.ContainsKey((policy.Key, w))))
                    Put(_policyChains.Render(policy, way, _version));
                break;
            case PolicyRemoved removed:
                _policies.Remove(removed.Key);
                break;
            case ProfileUpdated { Profile: var profile }:
                foreach (var way in Ways)
                    Put(_policyChains.Render(profile, way));
                break;
            case ProfileRemoved removed:
                foreach (var way in Ways)
                    Delete(IptablesNames.Profile(removed.Name, way));
                break;
            case EndpointUpdated { Endpoint: var endpoint }:
                Withdraw(endpoint.Pod, endpoint);
                Publish(endpoint);
                break;
            case EndpointRemoved removed:
                Withdraw(removed.Pod, null);
                break;
        }
    }

    internal IptablesChange Flush()
    {
        if (_linksChanged)
            RenderLinks();
        var put = ImmutableArray.CreateBuilder<IptablesChain>();
        var removed = ImmutableArray.CreateBuilder<string>();
        _published.Flush(put.Add, removed.Add);
        var sets = _sets.Flush();
        return new(sets.Put, sets.Changed, put.ToImmutable(), removed.ToImmutable(), sets.Removed);
    }

    private void Publish(LocalEndpoint endpoint)
    {
        _linksChanged |= !_endpoints.TryGetValue(endpoint.Pod, out var former) || former.InterfaceName != endpoint.InterfaceName;
        _endpoints[endpoint.Pod] = endpoint;
        foreach (var user in EndpointChains.PoliciesOf(endpoint))
        {
            _users[user] = _users.GetValueOrDefault(user) + 1;
            if (_users[user] == 1)
                Put(_policyChains.Render(_policies[user.Policy], user.Direction, _version));
        }

        foreach (var way in Ways)
            Put(_endpointChains.Render(endpoint, way));
    }

    /// <summary>Takes an endpoint back, but for the chains of its link where the one that follows has the same.</summary>
    private void Withdraw(ResourceKey pod, LocalEndpoint? next)
    {
        if (!_endpoints.TryGetValue(pod, out var former))
            return;
        foreach (var user in EndpointChains.PoliciesOf(former))
        {
            if (--_users[user] > 0)
                continue;
            _users.Remove(user);
            Delete(IptablesNames.Policy(user.Policy, user.Direction));
        }

        if (next?.InterfaceName == former.InterfaceName)
            return;
        _endpoints.Remove(pod);
        _linksChanged = true;
        // Another pod's of the same name, who came before this one went, may have the link by now.
        if (_endpoints.Values.Any(e => e.InterfaceName == former.InterfaceName))
            return;
        foreach (var way in Ways)
            Delete(IptablesNames.Endpoint(former.InterfaceName, way));
    }

    private void RenderLinks()
    {
        _linksChanged = false;
        HashSet<string> links = [.. _endpoints.Values.Select(e => e.InterfaceName)];
        List<IptablesChain> chains = [.. Ways.SelectMany(way => _dispatchChains.Render(links, way))];
        HashSet<string> names = [.. chains.Select(c => c.Name)];
        foreach (var gone in _dispatching.Except(names))
            Delete(gone);
        _dispatching = names;
        var others = links.Where(l => !l.StartsWith(_options.InterfacePrefix, StringComparison.Ordinal)).ToArray();
        foreach (var chain in chains.Concat(_staticChains.Render(_version, others)))
            Put(chain);
    }

    private void Put(IptablesChain chain)
    {
        _chains[chain.Name] = chain;
        _published.Set(chain.Name, chain);
    }

    private void Delete(string name)
    {
        _chains.Remove(name);
        _published.Remove(name);
    }
}
