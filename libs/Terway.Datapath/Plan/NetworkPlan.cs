using System.Text;

namespace Terway.Datapath;

/// <summary>The desired state of the network of one pod, of one ENI or of one node: what must be there in the node's and in the pod's namespace.</summary>
/// <remarks>
/// Immutable. A planner makes it, and everything else follows from it: <see cref="PlanApplier"/> makes it true,
/// <see cref="PlanChecker"/> lists how the kernel differs from it, <see cref="PodTeardown"/> takes it away.
/// Two plans are the same when their texts are.
/// </remarks>
public sealed class NetworkPlan
{
    /// <summary>What the plan is for, as the beginning of a sentence: it names the plan in errors.</summary>
    public string Title { get; init; } = "The network";

    /// <summary>What must be there in the node's own namespace.</summary>
    public NamespacePlan Node { get; init; } = NamespacePlan.Empty;

    /// <summary>What must be there in the pod's namespace; <see cref="NamespacePlan.Empty"/> for plans of an ENI or of a node.</summary>
    public NamespacePlan Pod { get; init; } = NamespacePlan.Empty;

    /// <summary>The part of the plan that belongs to one namespace.</summary>
    /// <param name="scope">Which namespace.</param>
    public NamespacePlan this[PlanScope scope] => scope == PlanScope.Node ? Node : Pod;

    /// <summary>The plan in the words of <c>ip(8)</c>, one object a line, in the order in which it is applied.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, plan) in new[] { ("node", Node), ("pod", Pod) })
        {
            if (plan.IsEmpty)
                continue;
            text.Append('[').Append(name).Append("]\n");
            plan.WriteTo(text);
        }
        return text.ToString();
    }
}
