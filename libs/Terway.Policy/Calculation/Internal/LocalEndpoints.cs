using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Terway.Policy.Internal;

/// <summary>The pods of this node with their tiers and profiles.</summary>
internal sealed class LocalEndpoints(LocalPolicies policies, TierTable tiers, Func<string, ActiveProfile> profile)
{
    private const string InterfacePrefix = "cali";
    private const int InterfaceDigits = 11;

    private readonly Dictionary<ResourceKey, Pod> _pods = [];
    private readonly Dictionary<string, int> _profileUsers = new(StringComparer.Ordinal);
    private readonly HashSet<ResourceKey> _dirty = [];
    private readonly PublishedTable<ResourceKey, LocalEndpoint> _endpoints = new();
    private readonly PublishedTable<string, ActiveProfile> _profiles = new();

    internal bool HasChanges => _dirty.Count > 0 || _endpoints.HasChanges || _profiles.HasChanges;

    internal void Set(Pod pod)
    {
        foreach (var name in EndpointLabels.Profiles(pod))
        {
            var users = _profileUsers.GetValueOrDefault(name);
            _profileUsers[name] = users + 1;
            if (users == 0)
                _profiles.Set(name, profile(name));
        }

        if (_pods.TryGetValue(pod.Key, out var former))
            ReleaseProfiles(former);
        _pods[pod.Key] = pod;
        _dirty.Add(pod.Key);
    }

    internal void Remove(ResourceKey key)
    {
        if (!_pods.Remove(key, out var pod))
            return;
        ReleaseProfiles(pod);
        _endpoints.Remove(key);
    }

    internal void ProfileChanged(string name)
    {
        if (_profileUsers.ContainsKey(name))
            _profiles.Set(name, profile(name));
    }

    internal void Flush(Action<ActiveProfile> updateProfile, Action<string> removeProfile, Action<LocalEndpoint> update, Action<ResourceKey> remove)
    {
        _dirty.UnionWith(policies.ChangedPods);
        policies.ChangedPods.Clear();
        foreach (var key in _dirty)
        {
            if (_pods.TryGetValue(key, out var pod))
                _endpoints.Set(key, Describe(pod));
        }

        _dirty.Clear();
        _profiles.Flush(updateProfile, removeProfile);
        _endpoints.Flush(update, remove);
    }

    private void ReleaseProfiles(Pod pod)
    {
        foreach (var name in EndpointLabels.Profiles(pod))
        {
            if (--_profileUsers[name] > 0)
                continue;
            _profileUsers.Remove(name);
            _profiles.Remove(name);
        }
    }

    private LocalEndpoint Describe(Pod pod)
    {
        var governing = policies.Of(pod.Key).GroupBy(p => p.Tier, StringComparer.Ordinal)
            .Select(group => (Found: tiers.Find(group.Key), Policies: group.OrderBy(p => p.Order).ThenBy(p => p.Key).ToList()))
            .OrderBy(t => !t.Found.IsKnown)
            .ThenBy(t => t.Found.Tier.Order ?? double.PositiveInfinity)
            .ThenBy(t => t.Found.Tier.Name, StringComparer.Ordinal)
            .Select(t => new EndpointTier(t.Found.Tier.Name, t.Found.Tier.DefaultAction, Keys(t.Policies, PolicyDirections.Ingress), Keys(t.Policies, PolicyDirections.Egress)));
        return new(pod.Key, InterfaceOf(pod), pod.Addresses, EndpointLabels.Profiles(pod).ToEquatableArray(), governing.ToEquatableArray());
    }

    private static EquatableArray<ResourceKey> Keys(List<TranslatedPolicy> policies, PolicyDirections direction) =>
        policies.Where(p => p.Directions.HasFlag(direction)).Select(p => p.Key).ToEquatableArray();

    [SuppressMessage("Security", "CA5350", Justification = "Calico and Terway name links by SHA-1; nothing is secured by it.")]
    private static string InterfaceOf(Pod pod) =>
        InterfacePrefix + Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{pod.Namespace}.{pod.Name}")))[..InterfaceDigits];
}
