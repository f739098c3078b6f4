using System.Net;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terwayd.PolicyTool;

/// <summary>The names that probes may use, in an assumed cluster.</summary>
internal sealed class ProbeNames(AssumedCluster cluster)
{
    private const string NodePrefix = "node/";
    private const string VpcHost = "vpc";
    private const string DefaultNamespace = "default";

    private readonly Dictionary<string, Pod> _pods = cluster.Resources.OfType<Pod>().ToDictionary(p => $"{p.Namespace}/{p.Name}", StringComparer.Ordinal);

    /// <summary>What the name stands for; else why it stands for nothing.</summary>
    internal ProbeEnd? Find(string name, out string? reason)
    {
        reason = null;
        if (IPAddress.TryParse(name, out var address))
            return OfAddress(name, address);
        if (name == VpcHost)
            return new(name, cluster.OutsideHost);
        if (name.StartsWith(NodePrefix, StringComparison.Ordinal) && cluster.Nodes.TryGetValue(name[NodePrefix.Length..], out var addresses))
            return new(name, addresses, Node: name[NodePrefix.Length..]);
        if (_pods.TryGetValue(name.Contains('/', StringComparison.Ordinal) ? name : $"{DefaultNamespace}/{name}", out var pod))
            return OfPod(pod, out reason);
        reason = $"there is no '{name}'; there are {Known()}, and addresses";
        return null;
    }

    /// <summary>An address is whatever has it: a pod, a node, or nobody that is known.</summary>
    private ProbeEnd OfAddress(string name, IPAddress address)
    {
        EquatableArray<IPAddress> addresses = [address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address];
        var node = cluster.Nodes.FirstOrDefault(n => n.Value.Contains(addresses[0])).Key;
        return new(name, addresses, _pods.Values.Where(p => p.IsEndpoint).FirstOrDefault(p => p.Addresses.Contains(addresses[0])), node);
    }

    private ProbeEnd? OfPod(Pod pod, out string? reason)
    {
        var name = $"{pod.Namespace}/{pod.Name}";
        reason = pod.IsFinished ? $"pod {name} has ended, and its addresses may be another's" : null;
        if (pod.IsFinished)
            return null;
        return pod.IsHostNetwork ? new(name, cluster.Nodes[pod.Node!], Node: pod.Node) : new(name, pod.Addresses, pod);
    }

    private string Known() => string.Join(
        ", ",
        _pods.Keys.Order(StringComparer.Ordinal).Concat(cluster.Nodes.Keys.Order(StringComparer.Ordinal).Select(n => NodePrefix + n)).Append(VpcHost));
}
