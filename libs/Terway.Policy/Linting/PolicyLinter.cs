using System.Collections.Immutable;
using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>Looks for policies that are valid and probably do not do what their author meant, in a state of the cluster.</summary>
/// <remarks>Pure and deterministic. Pods count that are endpoints; complete manifests without nodes and addresses first.</remarks>
public static class PolicyLinter
{
    /// <summary>The findings, by policy in Felix's order and in each from top to bottom.</summary>
    /// <param name="resources">The objects; of those with the same key the last counts.</param>
    public static ImmutableArray<LintFinding> Check(IEnumerable<Resource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var cluster = new LintCluster(resources);
        return [.. cluster.Policies.SelectMany(policy => Check(policy, cluster))];
    }

    private static IEnumerable<LintFinding> Check(Resource policy, LintCluster cluster) => policy switch
    {
        KubernetesNetworkPolicy kubernetes => new KubernetesLint(kubernetes, cluster).Check(),
        CalicoPolicy { IsForHostsOnly: false } calico => new TranslatedLint(CalicoTranslation.Translate(calico), "spec.selector", cluster).Check(),
        ClusterPolicy administrators => new TranslatedLint(ClusterTranslation.Translate(administrators), "spec.subject", cluster).Check(),
        _ => [],
    };
}
