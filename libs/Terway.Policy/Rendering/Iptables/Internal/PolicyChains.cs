using Terway.Policy.Nftables;

namespace Terway.Policy.Iptables.Internal;

/// <summary>Renders policies and profiles: per direction a chain of their rules.</summary>
internal sealed class PolicyChains(IptablesOptions options)
{
    internal IptablesChain Render(ActivePolicy policy, PolicyDirections direction, IpVersion version)
    {
        List<IptablesRule> lines = [];
        foreach (var rule in direction is PolicyDirections.Ingress ? policy.Ingress : policy.Egress)
        {
            foreach (var match in RuleMatch.Of(rule, version, options))
            {
                lines.AddRange(match.Before);
                lines.AddRange(Lines(rule, match.Text));
            }
        }

        var comment = $"Policy {IptablesNames.PolicyText(policy.Key)} {Word(direction)}";
        return new(IptablesNames.Filter, IptablesNames.Policy(policy.Key, direction), WithComment(lines, comment), policy.Key, direction);
    }

    internal IptablesChain Render(ActiveProfile profile, PolicyDirections direction)
    {
        IptablesRule[] lines = profile.Action switch
        {
            RuleAction.Allow => Decide("", options.AcceptMark),
            RuleAction.Deny => [new("--jump DROP")],
            _ => [],
        };
        return new(IptablesNames.Filter, IptablesNames.Profile(profile.Name, direction), WithComment(lines, $"Profile {profile.Name} {Word(direction)}"));
    }

    private IptablesRule[] Lines(ActiveRule rule, string match) => rule.Action switch
    {
        RuleAction.Allow => Decide(match, options.AcceptMark, RuleAction.Allow),
        RuleAction.Pass => Decide(match, options.PassMark),
        RuleAction.Deny => [new(And(match, "--jump DROP")) { Decides = RuleAction.Deny }],
        _ => [new(And(match, Log(options.RuleLog)))],
    };

    private static IptablesRule[] Decide(string match, uint mark, RuleAction? decides = null) =>
        [new(And(match, Marks.Set(mark, mark))) { Decides = decides }, new($"{Marks.IsSet(mark)} --jump RETURN")];

    private string Log(PolicyLogOptions log)
    {
        var limit = $"-m limit --limit {log.PerSecond}/second --limit-burst {log.Burst}";
        return log.Group is { } group
            ? $"{limit} --jump NFLOG --nflog-group {group} --nflog-prefix \"{options.LogPrefix}\""
            : $"{limit} --jump LOG --log-prefix \"{options.LogPrefix}\" --log-level 5";
    }

    private static string And(string match, string target) => match.Length == 0 ? target : $"{match} {target}";

    /// <summary>The first rule tells what the chain is; a chain without rules has one that does nothing else.</summary>
    private static EquatableArray<IptablesRule> WithComment(IReadOnlyList<IptablesRule> lines, string comment)
    {
        var safe = IptablesNames.Comment(comment);
        return lines.Count == 0 ? [new("", safe)] : [lines[0] with { Comment = safe }, .. lines.Skip(1)];
    }

    private static string Word(PolicyDirections direction) => direction is PolicyDirections.Ingress ? "ingress" : "egress";
}
