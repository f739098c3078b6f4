using System.Globalization;

namespace Terway.Policy.Nftables.Internal;

/// <summary>Rules that log packets.</summary>
internal sealed class PolicyLog(NftablesOptions options)
{
    /// <summary>NF_LOG_PREFIXLEN of <c>linux/netfilter/nf_log.h</c>, without the zero at the end.</summary>
    private const int MaxPrefixLength = 127;

    /// <summary>The parts that log a packet which a rule with the action Log matches.</summary>
    internal IEnumerable<RuleStatement> Noted(PolicyDirections direction, string policy, int rule) =>
        Parts(options.RuleLog, Prefix("log", direction, policy, rule.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The parts that log a packet which a rule denies; none where that is not wanted.</summary>
    internal IEnumerable<RuleStatement> Denied(PolicyDirections direction, string policy, int rule) =>
        options.DenyLog is { } log ? Parts(log, Prefix("deny", direction, policy, rule.ToString(CultureInfo.InvariantCulture))) : [];

    /// <summary>The parts that log a packet which nothing allows; none where that is not wanted.</summary>
    internal IEnumerable<RuleStatement> DeniedByDefault(PolicyDirections direction, string tier) =>
        options.DenyLog is { } log ? Parts(log, Prefix("deny", direction, tier, "default")) : [];

    private static IEnumerable<RuleStatement> Parts(PolicyLogOptions log, string prefix) =>
        [new LimitStatement(log.PerSecond, log.Burst), new LogStatement(prefix, log.Group)];

    /// <summary>A long policy loses the middle of its name, so that kind, end and rule are still told.</summary>
    private static string Prefix(string what, PolicyDirections direction, string policy, string rule)
    {
        var start = $"terway:{what}:{RulesetNames.Way(direction)}:";
        var end = $":{rule}: ";
        var room = MaxPrefixLength - start.Length - end.Length;
        if (policy.Length > room)
            policy = $"{policy[..(room / 2)]}~{policy[^(room - (room / 2) - 1)..]}";
        return start + policy + end;
    }
}
