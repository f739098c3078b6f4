using System.Collections.Immutable;
using System.Net;
using Terway.Policy.Manifests.Internal;

namespace Terway.Policy.Manifests;

/// <summary>
/// Manifests completed to a cluster that can be asked about: namespaces without an object are implied, pods without a node are placed,
/// pods and nodes without an address get one. The same manifests always give the same cluster.
/// </summary>
/// <remarks>
/// What is written is never changed: a pod's <c>spec.nodeName</c> and <c>status.podIPs</c> win. Invented addresses begin at 10.0.128.1 and
/// fd00:0:0:1::1 for pods, at 10.0.0.11 and fd00::b for nodes; where a policy's address blocks matter, write the addresses.
/// </remarks>
public sealed class AssumedCluster
{
    private static readonly IPAddress[] Outside = [IPAddress.Parse("10.0.0.10"), IPAddress.Parse("fd00::a")];

    private AssumedCluster(ImmutableArray<Resource> resources, ImmutableDictionary<string, EquatableArray<IPAddress>> nodes) =>
        (Resources, Nodes) = (resources, nodes);

    /// <summary>All objects, the implied ones last.</summary>
    public ImmutableArray<Resource> Resources { get; }

    /// <summary>The nodes with their addresses, by name.</summary>
    public ImmutableDictionary<string, EquatableArray<IPAddress>> Nodes { get; }

    /// <summary>The addresses of a host that is near but not of the cluster, one of each version of IP.</summary>
    public EquatableArray<IPAddress> OutsideHost { get; } = [.. Outside];

    /// <summary>Completes objects.</summary>
    /// <param name="resources">The objects; of those with the same key the last counts.</param>
    public static AssumedCluster Of(IEnumerable<Resource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        Dictionary<ResourceKey, Resource> all = [];
        foreach (var resource in resources)
            all[resource.Key] = resource;

        var used = all.Values.SelectMany(AddressesOf).Concat(Outside).ToHashSet();
        var nodes = InventNodes(all, used);
        foreach (var (pod, node) in Placed(all.Values.OfType<Pod>(), nodes.Keys))
            all[pod.Key] = pod with { Node = node };

        var pods = new AddressSequence(IPAddress.Parse("10.0.128.0"), IPAddress.Parse("fd00:0:0:1::"), used);
        foreach (var pod in all.Values.OfType<Pod>().Where(p => p.Addresses.IsEmpty && !p.IsHostNetwork && !p.IsFinished).ToList())
            all[pod.Key] = pod with { Addresses = pods.Next() };
        return new([.. all.Values, .. ImpliedNamespaces.Of(all.Values)], nodes);
    }

    private static ImmutableDictionary<string, EquatableArray<IPAddress>> InventNodes(Dictionary<ResourceKey, Resource> all, HashSet<IPAddress> used)
    {
        var written = all.Values.OfType<Node>().ToDictionary(n => n.Name, n => n.Addresses, StringComparer.Ordinal);
        foreach (var host in all.Values.OfType<Pod>().Where(p => p.IsHostNetwork && p.Node is not null && !p.Addresses.IsEmpty))
        {
            if (!written.TryGetValue(host.Node!, out var known) || known.IsEmpty)
                written[host.Node!] = host.Addresses;
        }

        var invented = new AddressSequence(IPAddress.Parse("10.0.0.10"), IPAddress.Parse("fd00::a"), used);
        var named = written.Keys.Concat(all.Values.OfType<Pod>().Select(p => p.Node).OfType<string>());
        return PodPlacement.NodeNames(PodPlacement.LeastNodes, named).ToImmutableDictionary(
            name => name,
            name => written.TryGetValue(name, out var addresses) && !addresses.IsEmpty ? addresses : invented.Next(),
            StringComparer.Ordinal);
    }

    private static ImmutableArray<(Pod Pod, string Node)> Placed(IEnumerable<Pod> pods, IEnumerable<string> nodes) =>
        PodPlacement.Place(pods.ToList(), p => p.Node, nodes.ToDictionary(n => n, _ => 0, StringComparer.Ordinal));

    private static IEnumerable<IPAddress> AddressesOf(Resource resource) => resource switch
    {
        Pod pod => pod.Addresses,
        Node node => node.Addresses,
        _ => [],
    };
}
