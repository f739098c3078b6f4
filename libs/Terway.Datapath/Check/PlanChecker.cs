using System.Collections.Immutable;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Lists how the kernel differs from a plan and changes nothing: CNI CHECK, and the dry run of <see cref="PlanApplier"/>.</summary>
public static class PlanChecker
{
    /// <summary>Every difference, in the order of the plan; none when the plan is true.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="target">The namespaces to look at.</param>
    /// <exception cref="NetlinkException">The kernel's state could not be read.</exception>
    public static ImmutableArray<PlanDifference> Check(NetworkPlan plan, PlanTarget target)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var (nodeLinks, podLinks) = FindLinks(plan, target);
        var differences = ImmutableArray.CreateBuilder<PlanDifference>();
        AddDifferences(PlanScope.Pod, plan, target, podLinks, differences);
        AddDifferences(PlanScope.Node, plan, target, nodeLinks, differences);
        return differences.ToImmutable();
    }

    /// <summary>A pair whose ends are not each other's wire is as good as missing, with all that stands on it.</summary>
    private static (LinkIndexes Node, LinkIndexes Pod) FindLinks(NetworkPlan plan, PlanTarget target)
    {
        var nodeLinks = new LinkIndexes();
        var podLinks = new LinkIndexes();
        foreach (var link in plan.Node.Links)
        {
            if (link.Kind == PlannedLinkKind.Existing)
            {
                if (link.Index is { } index)
                    nodeLinks.Add(link.Name, index);
                continue;
            }
            var host = target.Node.Links.Find(link.Name);
            var pod = target[PlanScope.Pod].Links.Find(link.PeerName!);
            if (host is not null && (pod is null || VethPairs.IsPair(host, pod)))
                nodeLinks.Add(link.Name, host.Index);
            if (pod is not null && (host is null || VethPairs.IsPair(host, pod)))
                podLinks.Add(link.PeerName!, pod.Index);
        }
        return (nodeLinks, podLinks);
    }

    private static void AddDifferences(
        PlanScope scope, NetworkPlan plan, PlanTarget target, LinkIndexes links, ImmutableArray<PlanDifference>.Builder differences)
    {
        var part = plan[scope];
        if (part.IsEmpty)
            return;
        foreach (var (sysctl, actual) in PlanSysctls.Different(target, scope, part.Sysctls))
            differences.Add(new SysctlChange(scope, sysctl, actual).Difference);
        foreach (var change in NamespaceDiff.Of(scope, part, target[scope], links))
        {
            if (!change.IsHint)
                differences.Add(change.Difference);
        }
    }
}
