namespace Terway.Policy.Internal;

/// <summary>Checks a policy of Calico's kinds, by Felix's form of it.</summary>
internal sealed class CalicoLint(CalicoPolicy policy, LintCluster cluster)
{
    private readonly TranslatedPolicy _translated = CalicoTranslation.Translate(policy);

    internal IEnumerable<LintFinding> Check()
    {
        if (!cluster.HasTier(policy.Tier))
            yield return Found(LintCode.TierUnknown, "spec.tier", $"there is no tier '{policy.Tier}', so the policy is asked after all others", "create the tier, or name another");
        foreach (var finding in cluster.CheckSubject(policy.Key, "spec.selector", pod => _translated.Subject.Matches(pod)))
            yield return finding;
        foreach (var finding in CheckDirection(PolicyDirections.Ingress, _translated.Ingress, "ingress"))
            yield return finding;
        foreach (var finding in CheckDirection(PolicyDirections.Egress, _translated.Egress, "egress"))
            yield return finding;
    }

    private IEnumerable<LintFinding> CheckDirection(PolicyDirections direction, EquatableArray<TranslatedRule> rules, string list)
    {
        if (!rules.IsEmpty && !policy.Directions.HasFlag(direction))
        {
            yield return Found(LintCode.DirectionIgnored, $"spec.{list}", $"types does not list {direction}, so these rules count for nothing", $"add {direction} to types, or remove the rules");
            yield break;
        }

        int? final = null;
        foreach (var rule in rules)
        {
            var field = $"spec.{list}[{rule.Index}]";
            if (final is { } decided)
                yield return Found(LintCode.RuleUnreachable, field, $"rule {decided} decides about every packet before this one is asked", "move it up, or remove it");
            foreach (var finding in CheckRule(rule, direction, field))
                yield return finding;
            if (IsForEverything(rule))
                final ??= rule.Index;
        }
    }

    private IEnumerable<LintFinding> CheckRule(TranslatedRule rule, PolicyDirections direction, string field)
    {
        foreach (var (side, entity) in new[] { ("source", rule.Source), ("destination", rule.Destination) })
        {
            if (entity.Selector is { } selector && !cluster.Pods.Concat(cluster.Sets).Any(p => selector.Matches(p)))
                yield return Found(LintCode.RuleNeverMatches, $"{field}.{side}", "matches no pod and no network set, so the rule never matches", "compare the labels with those of pods, network sets and namespaces");
            foreach (var name in entity.Ports.Concat(entity.NotPorts).Select(p => p.Name).OfType<string>())
            {
                if (CheckName(rule, entity, name, $"{field}.{side}.ports", isSubject: (side == "destination") == (direction is PolicyDirections.Ingress)) is { } finding)
                    yield return finding;
            }
        }
    }

    private LintFinding? CheckName(TranslatedRule rule, TranslatedEntity entity, string name, string field, bool isSubject)
    {
        List<Peer> owners = [.. cluster.Pods.Where(p => isSubject ? _translated.Subject.Matches(p) : entity.Selector?.Matches(p) ?? true)];
        return owners.Count == 0 ? null : LintCluster.CheckName(policy.Key, field, name, rule.Protocol, owners, isSubject ? "the pods that the policy selects" : "the pods that the rule selects");
    }

    private static bool IsForEverything(TranslatedRule rule) =>
        rule with { Index = 0, Action = RuleAction.Log } == new TranslatedRule(0, RuleAction.Log) && rule.Action is not RuleAction.Log;

    private LintFinding Found(LintCode code, string field, string reason, string hint) => new(code, policy.Key, field, reason, hint);
}
