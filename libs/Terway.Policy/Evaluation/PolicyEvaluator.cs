using System.Net;
using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>Answers, by definition and without a kernel, whether a packet may pass, and why.</summary>
/// <remarks>
/// It reads each object by that object's own semantics and shares no code with the calculation but the selectors, so that
/// each can be checked by the other. Immutable after construction and safe to share. A packet costs time in proportion to the policies;
/// this is for questions and tests, not for traffic.
/// </remarks>
public sealed class PolicyEvaluator
{
    private readonly ClusterView _cluster;

    /// <summary>Takes a state of the cluster; of objects with the same key the last counts.</summary>
    /// <param name="resources">The objects.</param>
    public PolicyEvaluator(IEnumerable<Resource> resources) => _cluster = new(resources);

    /// <summary>What happens to a packet between the ends that have its addresses.</summary>
    /// <param name="packet">The packet.</param>
    public PacketVerdict Evaluate(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.Source.Equals(packet.Destination))
            return new(null, null);
        var source = packet.FromNode is null ? PodAt(packet.Source) : null;
        var destination = PodAt(packet.Destination);
        return new(
            source is null ? null : Evaluate(source, PolicyDirections.Egress, packet),
            destination is null ? null : Evaluate(destination, PolicyDirections.Ingress, packet));
    }

    /// <summary>What one pod's policies say of a packet.</summary>
    /// <param name="pod">The pod's key.</param>
    /// <param name="direction">Ingress or egress.</param>
    /// <param name="packet">The packet.</param>
    /// <exception cref="ArgumentException">The pod is not there or is no endpoint.</exception>
    public DirectionVerdict Evaluate(ResourceKey pod, PolicyDirections direction, Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var endpoint = _cluster.Find(pod) ?? throw new ArgumentException($"{pod} is not an endpoint", nameof(pod));
        return Evaluate(endpoint, direction, packet);
    }

    private Peer? PodAt(IPAddress address) =>
        _cluster.At(address).Where(p => p.Pod is not null).OrderBy(p => p.Pod!.Key).FirstOrDefault();

    private DirectionVerdict Evaluate(Peer subject, PolicyDirections direction, Packet packet)
    {
        List<EvaluationStep> steps = [];
        if (direction is PolicyDirections.Ingress && packet.FromNode is { } node && node == subject.Pod!.Node)
            steps.Add(new(StepOutcome.FromOwnNode));
        else if (!_cluster.Tiers.Any(tier => Decides(tier, subject, direction, packet, steps)))
            steps.Add(new(subject.IsNamespaceKnown ? StepOutcome.AllowedByDefault : StepOutcome.NamespaceUnknown));
        return new(subject.Pod!.Key, direction, steps.ToEquatableArray());
    }

    private bool Decides(CalicoTier tier, Peer subject, PolicyDirections direction, Packet packet, List<EvaluationStep> steps)
    {
        var isSubject = false;
        foreach (var policy in _cluster.PoliciesOf(tier.Name).Where(p => p.AppliesTo(subject, direction)))
        {
            isSubject = true;
            switch (Ask(policy, tier, direction, packet, steps))
            {
                case StepOutcome.Allowed or StepOutcome.Denied:
                    return true;
                case StepOutcome.Passed:
                    return false;
            }
        }

        if (!isSubject)
            return false;
        var passes = tier.DefaultAction is RuleAction.Pass;
        steps.Add(new(passes ? StepOutcome.PassedByTier : StepOutcome.DeniedByTier, tier.Name));
        return !passes;
    }

    private StepOutcome Ask(IPolicyView policy, CalicoTier tier, PolicyDirections direction, Packet packet, List<EvaluationStep> steps)
    {
        foreach (var (index, action) in policy.Matches(direction, packet, _cluster))
        {
            var outcome = action switch
            {
                RuleAction.Allow => StepOutcome.Allowed,
                RuleAction.Deny => StepOutcome.Denied,
                RuleAction.Pass => StepOutcome.Passed,
                _ => StepOutcome.Logged,
            };
            steps.Add(new(outcome, tier.Name, policy.Key, index));
            if (outcome is not StepOutcome.Logged)
                return outcome;
        }

        steps.Add(new(StepOutcome.NotMatched, tier.Name, policy.Key));
        return StepOutcome.NotMatched;
    }
}
