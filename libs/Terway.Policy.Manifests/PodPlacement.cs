using System.Collections.Immutable;

namespace Terway.Policy.Manifests;

/// <summary>Where pods run that do not say it. The sandbox and the evaluation place by the same rule, so that they answer alike.</summary>
public static class PodPlacement
{
    /// <summary>How many nodes there are unless pods name more.</summary>
    public const int LeastNodes = 2;

    /// <summary>The nodes: those that are named, and <c>node-1</c>, <c>node-2</c> … until there are enough; sorted.</summary>
    /// <param name="count">How many there are to be; at least as many as are named.</param>
    /// <param name="named">Names that must be among them.</param>
    public static ImmutableArray<string> NodeNames(int count, IEnumerable<string> named)
    {
        string[] wanted = [.. named.Distinct(StringComparer.Ordinal)];
        var numbered = Enumerable.Range(1, int.MaxValue).Select(n => $"node-{n}").Except(wanted, StringComparer.Ordinal);
        return [.. wanted.Concat(numbered).Take(Math.Max(count, wanted.Length)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Places pods: first those that name a node there, then each of the others on the node with the fewest.</summary>
    /// <typeparam name="T">What stands for a pod.</typeparam>
    /// <param name="pods">The pods in their order.</param>
    /// <param name="nodeOf">The node that a pod names; null for none.</param>
    /// <param name="load">The nodes in their order with the pods that they have; the counts go up.</param>
    public static ImmutableArray<(T Pod, string Node)> Place<T>(IEnumerable<T> pods, Func<T, string?> nodeOf, IDictionary<string, int> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        var placed = ImmutableArray.CreateBuilder<(T, string)>();
        foreach (var pod in pods.OrderBy(p => nodeOf(p) is null))
        {
            var node = nodeOf(pod) ?? load.OrderBy(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal).First().Key;
            load[node] = load.TryGetValue(node, out var count) ? count + 1 : 1;
            placed.Add((pod, node));
        }

        return placed.ToImmutable();
    }
}
