using System.Collections.Immutable;

namespace Terway.Policy.Nftables.Internal;

/// <summary>Renders policies: a chain for each direction, which endpoints jump to. A packet that no rule decides comes back from it.</summary>
internal sealed class PolicyRendering(NftablesOptions options, IIpSetNames sets)
{
    private readonly PolicyLog _log = new(options);

    internal RenderedPolicy Render(ActivePolicy policy)
    {
        var literals = new LiteralSets();
        List<RulesetChain> chains = [];
        Render(policy, PolicyDirections.Ingress, policy.Ingress, chains, literals);
        Render(policy, PolicyDirections.Egress, policy.Egress, chains, literals);
        var passes = (Passes(policy.Ingress) ? PolicyDirections.Ingress : PolicyDirections.None) | (Passes(policy.Egress) ? PolicyDirections.Egress : PolicyDirections.None);
        return new([.. chains], [.. literals.Sets], passes);
    }

    private static bool Passes(EquatableArray<ActiveRule> rules) => rules.Any(r => r.Action is RuleAction.Pass);

    private void Render(ActivePolicy policy, PolicyDirections direction, EquatableArray<ActiveRule> rules, List<RulesetChain> chains, LiteralSets literals)
    {
        var name = RulesetNames.PolicyChain(policy.Key, direction);
        var id = RulesetNames.Policy(policy.Key);
        List<RulesetRule> rendered = [];
        for (var position = 0; position < rules.Count; position++)
        {
            var rule = rules[position];
            var rows = RuleCondition.Of(rule, sets, literals);
            if (rule.Action is RuleAction.Log)
                rendered.AddRange(RenderLog(rule, rows, new(policy.Key, direction), RulesetNames.LogChain(name, position), chains));
            else
                rendered.AddRange(rows.SelectMany(row => Decide(rule, row, direction, id)));
        }

        chains.Add(new(name, rendered.ToEquatableArray(), Owner: new(policy.Key, direction)));
    }

    /// <summary>A packet that matches several rows of one rule is logged once: the first row takes it to a chain that logs it and comes back.</summary>
    private IEnumerable<RulesetRule> RenderLog(
        ActiveRule rule, ImmutableArray<ImmutableArray<RuleStatement>> rows, ChainOwner owner, string chain, List<RulesetChain> chains)
    {
        RuleStatement[] log = [new CountStatement(), .. _log.Noted(owner.Direction, RulesetNames.Policy(owner.Resource), rule.Index)];
        if (rows.Length < 2)
            return rows.Select(row => new RulesetRule([.. row, .. log], Comment(rule)));

        var target = $"{chain}/it";
        chains.Add(new(target, [new([.. log])], Owner: owner));
        chains.Add(new(chain, rows.Select(row => new RulesetRule([.. row, new VerdictStatement(RulesetVerdict.Goto(target))])).ToEquatableArray(), Owner: owner));
        return [new([new VerdictStatement(RulesetVerdict.Jump(chain))], Comment(rule))];
    }

    private IEnumerable<RulesetRule> Decide(ActiveRule rule, ImmutableArray<RuleStatement> row, PolicyDirections direction, string policy)
    {
        if (rule.Action is RuleAction.Deny && _log.Denied(direction, policy, rule.Index).ToArray() is { Length: > 0 } log)
            yield return new([.. row, .. log], Comment(rule));
        yield return new([.. row, new CountStatement(), .. Act(rule.Action)], Comment(rule));
    }

    private RuleStatement[] Act(RuleAction action) => action switch
    {
        RuleAction.Allow => [new VerdictStatement(RulesetVerdict.Accept)],
        RuleAction.Deny => [new VerdictStatement(RulesetVerdict.Drop)],
        _ => [new SetMarkStatement(options.PassMark, options.PassMark), new VerdictStatement(RulesetVerdict.Return)],
    };

    private static string Comment(ActiveRule rule) => $"rule {rule.Index} {rule.Action.ToString().ToLowerInvariant()}";
}
