using System.Collections.Immutable;
using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>Calculates, change by change, what a node needs to enforce network policy for its pods.</summary>
/// <remarks>
/// What it has published depends on the objects that are there, not on how they came. A change costs in proportion to what it concerns.
/// Not safe for use by several threads at once. Publish nothing before all objects of a start are in, or pods of the start would be more
/// open or more closed than they should.
/// </remarks>
public sealed class PolicyCalculator
{
    private readonly string _node;
    private readonly Dictionary<ResourceKey, Resource> _resources = [];
    private readonly TierTable _tiers = new();
    private readonly IpSetTable _sets = new();
    private readonly LocalPolicies _policies;
    private readonly LocalEndpoints _endpoints;

    /// <summary>Begins without objects.</summary>
    /// <param name="node">The node whose pods are governed here.</param>
    public PolicyCalculator(string node)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        _node = node;
        _policies = new(_sets);
        _endpoints = new(_policies, _tiers, ProfileOf);
    }

    /// <summary>An object is there, or reads so now.</summary>
    /// <param name="resource">The object.</param>
    public void Apply(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (_resources.TryGetValue(resource.Key, out var former) && former.Equals(resource))
            return;
        _resources[resource.Key] = resource;
        switch (resource)
        {
            case Namespace itsNamespace:
                SetProfile(EndpointLabels.NamespaceProfile(itsNamespace.Name), EndpointLabels.Of(itsNamespace));
                break;
            case ServiceAccount account:
                SetProfile(EndpointLabels.AccountProfile(account.Namespace, account.Name), EndpointLabels.Of(account));
                break;
            case Pod pod:
                ApplyPod(pod);
                break;
            case NetworkSet set:
                _sets.SetNetworkSet(set);
                break;
            case KubernetesNetworkPolicy policy:
                _policies.SetPolicy(KubernetesTranslation.Translate(policy));
                break;
            case CalicoPolicy { IsForHostsOnly: true }:
                _policies.RemovePolicy(resource.Key);
                break;
            case CalicoPolicy policy:
                _policies.SetPolicy(CalicoTranslation.Translate(policy));
                break;
            case ClusterPolicy policy:
                _policies.SetPolicy(ClusterTranslation.Translate(policy));
                break;
            case CalicoTier tier:
                _tiers.Set(tier);
                _policies.PlaceAgain(tier.Name);
                break;
        }
    }

    /// <summary>An object is no longer there, or can no longer be read. One that never was is no mistake.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(ResourceKey key)
    {
        if (!_resources.Remove(key, out var resource))
            return;
        switch (resource)
        {
            case Namespace itsNamespace:
                SetProfile(EndpointLabels.NamespaceProfile(itsNamespace.Name), LabelSet.Empty);
                break;
            case ServiceAccount account:
                SetProfile(EndpointLabels.AccountProfile(account.Namespace, account.Name), LabelSet.Empty);
                break;
            case Pod:
                RemovePod(key);
                break;
            case NetworkSet:
                _sets.RemoveItem(key);
                break;
            case CalicoTier tier:
                _tiers.Remove(tier.Name);
                _policies.PlaceAgain(tier.Name);
                break;
            case Node:
                break;
            default:
                _policies.RemovePolicy(key);
                break;
        }
    }

    /// <summary>The changes since the last time, in an order that is always safe to apply; changes that cancel each other are not among them.</summary>
    /// <remarks>New and changed sets, policies, profiles, endpoints; then what is gone: endpoints, profiles, policies, sets.</remarks>
    public ImmutableArray<PolicyEvent> Flush()
    {
        if (!_sets.HasChanges && !_policies.HasChanges && !_endpoints.HasChanges)
            return [];
        List<PolicyEvent> events = [];
        List<PolicyEvent> policiesGone = [];
        List<PolicyEvent> profilesGone = [];
        List<PolicyEvent> endpoints = [];
        List<PolicyEvent> endpointsGone = [];
        List<PolicyEvent> setsGone = [];
        _sets.Flush(events, setsGone);
        _policies.Flush(p => events.Add(new PolicyUpdated(p)), k => policiesGone.Add(new PolicyRemoved(k)));
        _endpoints.Flush(
            p => events.Add(new ProfileUpdated(p)),
            n => profilesGone.Add(new ProfileRemoved(n)),
            e => endpoints.Add(new EndpointUpdated(e)),
            k => endpointsGone.Add(new EndpointRemoved(k)));
        return [.. events, .. endpoints, .. endpointsGone, .. profilesGone, .. policiesGone, .. setsGone];
    }

    private void ApplyPod(Pod pod)
    {
        if (!pod.IsEndpoint)
        {
            RemovePod(pod.Key);
            return;
        }

        _sets.SetPod(pod);
        if (pod.Node == _node)
        {
            _policies.SetPod(pod);
            _endpoints.Set(pod);
        }
        else
        {
            RemoveLocal(pod.Key);
        }
    }

    private void RemovePod(ResourceKey key)
    {
        _sets.RemoveItem(key);
        RemoveLocal(key);
    }

    private void RemoveLocal(ResourceKey key)
    {
        _policies.RemovePod(key);
        _endpoints.Remove(key);
    }

    private void SetProfile(string name, LabelSet labels)
    {
        _sets.SetParent(name, labels);
        _policies.SetParent(name, labels);
        _endpoints.ProfileChanged(name);
    }

    /// <summary>A profile that is not there yet denies, so that a pod is closed until its namespace is known.</summary>
    private ActiveProfile ProfileOf(string name)
    {
        var isNamespace = name.StartsWith("kns.", StringComparison.Ordinal);
        var parts = name.Split('.', isNamespace ? 2 : 3);
        var key = isNamespace
            ? new ResourceKey(ResourceKind.Namespace, null, parts[1])
            : new ResourceKey(ResourceKind.ServiceAccount, parts[1], parts[2]);
        return new(name, !_resources.ContainsKey(key) ? RuleAction.Deny : isNamespace ? RuleAction.Allow : null);
    }
}
