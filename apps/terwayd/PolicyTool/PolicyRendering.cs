using Terway.Policy;
using Terway.Policy.Manifests;
using Terway.Policy.Nftables;

namespace Terwayd.PolicyTool;

/// <summary>What a node would put into the kernel for some pods of the manifests.</summary>
internal static class PolicyRendering
{
    /// <summary>A name that no node of a manifest has, for Kubernetes would not take it.</summary>
    private const string Here = "(here)";

    internal static string Nftables(AssumedCluster cluster, IReadOnlyList<RenderedEndpoint> endpoints)
    {
        var interfaces = endpoints.ToDictionary(e => Find(cluster, e).Key, e => e.Interface);
        var calculator = new PolicyCalculator(Here);
        foreach (var resource in cluster.Resources)
            calculator.Apply(resource is Pod pod && interfaces.ContainsKey(pod.Key) ? pod with { Node = Here } : resource);
        var renderer = new NftablesRenderer();
        renderer.Apply(calculator.Flush().Select(change => change is EndpointUpdated updated && interfaces[updated.Endpoint.Pod] is { } name
            ? new EndpointUpdated(updated.Endpoint with { InterfaceName = name })
            : change));
        return renderer.Ruleset.ToString();
    }

    private static Pod Find(AssumedCluster cluster, RenderedEndpoint endpoint) =>
        cluster.Resources.OfType<Pod>().FirstOrDefault(p => $"{p.Namespace}/{p.Name}" == endpoint.Pod && p.IsEndpoint)
        ?? throw new TerwaydException(
            DaemonErrors.ProbesInvalid,
            $"rendering {endpoint.Pod}: the manifests hold no pod of this name with a network of its own",
            "write --endpoint NAMESPACE/POD or NAMESPACE/POD=INTERFACE");
}
