using System.Net;
using Terway.Ipam;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terwayd.Enforcement;

/// <summary>
/// The pods as policy is to see them: what the source says of them, and of this node's pods the addresses that the pool gave them and
/// no others. So a pod is governed from its ADD on, whenever its object comes, and an address that was given back belongs to nobody.
/// </summary>
internal sealed class NodePods(string node, bool impliesNamespaces)
{
    /// <summary>What stands for a pod's name where only the kernel tells of its address; no pod can have it.</summary>
    private const string Nameless = "?";

    private readonly Dictionary<ResourceKey, Pod> _written = [];

    /// <summary>Addresses in use of which a lost store leaves only that; whose they are, the pods' objects tell.</summary>
    private readonly HashSet<IPAddress> _nameless = [];
    private readonly HashSet<string> _writtenNamespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, Dictionary<AttachmentKey, Lease>> _leases = [];

    internal static ResourceKey KeyOf(Lease lease) => ResourceKey.Pod(lease.Pod.Namespace, lease.Pod.Name);

    internal static EquatableArray<IPAddress> AddressesOf(Lease lease) => new[] { lease.IPv4, lease.IPv6 }.OfType<IPAddress>().ToEquatableArray();

    internal IEnumerable<(ResourceKey Key, Resource? Resource)> Take(ResourceChanges changes)
    {
        foreach (var resource in changes.Updated)
        {
            if (resource is Namespace)
                _writtenNamespaces.Add(resource.Name);
            if (resource is Pod pod)
                _written[pod.Key] = pod;
            yield return (resource.Key, resource is Pod ? Compose(resource.Key) : resource);
        }

        foreach (var key in changes.Removed)
        {
            _written.Remove(key);
            if (key.Kind is ResourceKind.Namespace)
                _writtenNamespaces.Remove(key.Name);
            yield return (key, key.Kind switch
            {
                ResourceKind.Pod => Compose(key),
                ResourceKind.Namespace when NeedsNamespace(key.Name) => ImpliedNamespaces.Of(key.Name),
                _ => null,
            });
        }
    }

    internal IEnumerable<(ResourceKey Key, Resource? Resource)> Take(Lease lease) =>
        lease.Pod.Name == Nameless ? Change(lease, _nameless.Add) : TakeNamed(lease);

    /// <summary>The namespace stays: another pod may come, and without one it governs nothing.</summary>
    internal IEnumerable<(ResourceKey Key, Resource? Resource)> Return(Lease lease) =>
        lease.Pod.Name == Nameless ? Change(lease, _nameless.Remove) : ReturnNamed(lease);

    private List<(ResourceKey Key, Resource? Resource)> Change(Lease lease, Func<IPAddress, bool> change)
    {
        var addresses = AddressesOf(lease);
        foreach (var address in addresses)
            change(address);
        return [.. _written.Values.Where(p => p.Node == node && p.Addresses.Any(addresses.Contains)).Select(p => (p.Key, (Resource?)Compose(p.Key)))];
    }

    private IEnumerable<(ResourceKey Key, Resource? Resource)> TakeNamed(Lease lease)
    {
        var key = KeyOf(lease);
        if (!_leases.TryGetValue(key, out var held))
            _leases[key] = held = [];
        held[lease.Attachment] = lease;
        if (NeedsNamespace(lease.Pod.Namespace))
        {
            var implied = ImpliedNamespaces.Of(lease.Pod.Namespace);
            yield return (implied.Key, implied);
        }

        yield return (key, Compose(key));
    }

    private IEnumerable<(ResourceKey Key, Resource? Resource)> ReturnNamed(Lease lease)
    {
        var key = KeyOf(lease);
        if (!_leases.TryGetValue(key, out var held) || !held.Remove(lease.Attachment))
            return [];
        if (held.Count == 0)
            _leases.Remove(key);
        return [(key, Compose(key))];
    }

    private bool NeedsNamespace(string name) =>
        impliesNamespaces && !_writtenNamespaces.Contains(name) && _leases.Keys.Any(k => k.Namespace == name);

    private Pod? Compose(ResourceKey key)
    {
        var written = _written.GetValueOrDefault(key);
        if (!_leases.TryGetValue(key, out var held))
            return written?.Node == node && !written.IsHostNetwork ? written with { Addresses = written.Addresses.Where(_nameless.Contains).ToEquatableArray() } : written;
        var bare = new Pod { Name = key.Name, Namespace = key.Namespace!, ServiceAccount = "default" };
        return (written ?? bare) with
        {
            Node = node,
            Addresses = held.Values.OrderBy(l => l.GrantedAt).SelectMany(l => AddressesOf(l)).Distinct().ToEquatableArray(),
            IsHostNetwork = false,
            IsFinished = false,
        };
    }
}
