namespace Terway.Policy.Internal;

/// <summary>Checks a policy of Calico or of the administrators, by Felix's form of it.</summary>
/// <param name="translated">The policy.</param>
/// <param name="subjectField">Where it says which pods it governs.</param>
/// <param name="cluster">What it is asked in.</param>
internal sealed class TranslatedLint(TranslatedPolicy translated, string subjectField, LintCluster cluster)
{
    internal IEnumerable<LintFinding> Check()
    {
        if (!cluster.HasTier(translated.Tier))
            yield return Found(LintCode.TierUnknown, "spec.tier", $"there is no tier '{translated.Tier}', so the policy is asked after all others", "create the tier, or name another");
        foreach (var finding in cluster.CheckSubject(translated.Key, subjectField, pod => translated.Subject.Matches(pod)))
            yield return finding;
        foreach (var finding in CheckDirection(PolicyDirections.Ingress, translated.Ingress, "ingress"))
            yield return finding;
        foreach (var finding in CheckDirection(PolicyDirections.Egress, translated.Egress, "egress"))
            yield return finding;
    }

    private IEnumerable<LintFinding> CheckDirection(PolicyDirections direction, EquatableArray<TranslatedRule> rules, string list)
    {
        if (!rules.IsEmpty && !translated.Directions.HasFlag(direction))
        {
            yield return Found(LintCode.DirectionIgnored, $"spec.{list}", $"types does not list {direction}, so these rules count for nothing", $"add {direction} to types, or remove the rules");
            yield break;
        }

        int? final = null;
        foreach (var parts in rules.GroupBy(r => r.Index))
        {
            var field = $"spec.{list}[{parts.Key}]";
            if (final is { } decided)
                yield return Found(LintCode.RuleUnreachable, field, $"rule {decided} decides about every packet before this one is asked", "move it up, or remove it");
            if (parts.All(part => IdleSide(part) is not null))
                yield return Found(LintCode.RuleNeverMatches, $"{field}.{IdleSide(parts.First())}", "matches no pod and no network set, so the rule never matches", "compare the labels with those of pods, network sets and namespaces");
            foreach (var finding in parts.SelectMany(part => CheckNames(part, direction, field)).Distinct())
                yield return finding;
            if (parts.Any(IsForEverything))
                final ??= parts.Key;
        }
    }

    /// <summary>The side of a rule that selects nothing, if one does.</summary>
    private string? IdleSide(TranslatedRule rule) => IsIdle(rule.Source) ? "source" : IsIdle(rule.Destination) ? "destination" : null;

    private bool IsIdle(TranslatedEntity entity) => entity.Selector is { } selector && !cluster.Pods.Concat(cluster.Sets).Any(p => selector.Matches(p));

    private IEnumerable<LintFinding> CheckNames(TranslatedRule rule, PolicyDirections direction, string field)
    {
        foreach (var (side, entity) in new[] { ("source", rule.Source), ("destination", rule.Destination) })
        {
            foreach (var name in entity.Ports.Concat(entity.NotPorts).Select(p => p.Name).OfType<string>())
            {
                if (CheckName(rule, entity, name, $"{field}.{side}.ports", isSubject: (side == "destination") == (direction is PolicyDirections.Ingress)) is { } finding)
                    yield return finding;
            }
        }
    }

    private LintFinding? CheckName(TranslatedRule rule, TranslatedEntity entity, string name, string field, bool isSubject)
    {
        List<Peer> owners = [.. cluster.Pods.Where(p => isSubject ? translated.Subject.Matches(p) : entity.Selector?.Matches(p) ?? true)];
        return owners.Count == 0 ? null : LintCluster.CheckName(translated.Key, field, name, rule.Protocol, owners, isSubject ? "the pods that the policy selects" : "the pods that the rule selects");
    }

    private static bool IsForEverything(TranslatedRule rule) =>
        rule with { Index = 0, Action = RuleAction.Log } == new TranslatedRule(0, RuleAction.Log) && rule.Action is not RuleAction.Log;

    private LintFinding Found(LintCode code, string field, string reason, string hint) => new(code, translated.Key, field, reason, hint);
}
