using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Sums what rules counted.</summary>
internal static class RuleCounters
{
    internal static IReadOnlyList<PolicyCounter> Sum(IReadOnlyList<NftRule> rules, Func<string, RulesetChain?> find)
    {
        Dictionary<(ResourceKey Resource, PolicyDirections Direction), (ulong Allowed, ulong Denied)> sums = [];
        foreach (var rule in rules)
        {
            if (find(rule.Chain.Name)?.Owner is not { } owner || rule.Expressions.OfType<NftCounter>().FirstOrDefault() is not { Packets: { } packets })
                continue;
            var verdict = rule.Expressions.OfType<NftImmediate>().LastOrDefault()?.Verdict?.Code;
            var key = (owner.Resource, owner.Direction);
            var (allowed, denied) = sums.GetValueOrDefault(key);
            sums[key] = verdict switch
            {
                NftVerdictCode.Accept => (allowed + packets, denied),
                NftVerdictCode.Drop => (allowed, denied + packets),
                _ => (allowed, denied),
            };
        }

        return [.. sums.Select(s => new PolicyCounter(s.Key.Resource, s.Key.Direction, s.Value.Allowed, s.Value.Denied))];
    }
}
