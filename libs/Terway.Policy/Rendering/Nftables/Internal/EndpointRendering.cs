namespace Terway.Policy.Nftables.Internal;

/// <summary>Renders an endpoint: per direction a chain that asks its tiers in order and then decides by its profiles.</summary>
internal sealed class EndpointRendering(
    NftablesOptions options,
    Func<ResourceKey, PolicyDirections> passes,
    Func<string, RuleAction?> profile)
{
    private readonly PolicyLog _log = new(options);

    /// <summary>The chain; null where it would accept whatever comes, so that the map may say so itself.</summary>
    internal RulesetChain? Render(LocalEndpoint endpoint, PolicyDirections direction)
    {
        List<RulesetRule> rules = [];
        foreach (var tier in endpoint.Tiers)
        {
            var policies = direction is PolicyDirections.Ingress ? tier.Ingress : tier.Egress;
            if (!policies.IsEmpty && Render(tier, policies, direction, rules))
                return Chain(endpoint, direction, rules);
        }

        var isAllowed = endpoint.Profiles.Select(profile).FirstOrDefault(action => action is not null) is RuleAction.Allow;
        if (rules.Count == 0 && isAllowed)
            return null;
        if (isAllowed)
            rules.Add(new([new VerdictStatement(RulesetVerdict.Accept)], "no policy decides"));
        else
            Deny([], "namespace not known", "profile", direction, rules);
        return Chain(endpoint, direction, rules);
    }

    private static RulesetChain Chain(LocalEndpoint endpoint, PolicyDirections direction, List<RulesetRule> rules) =>
        new(RulesetNames.EndpointChain(endpoint.InterfaceName, direction), rules.ToEquatableArray(), Owner: new(endpoint.Pod, direction));

    /// <summary>Renders a tier; says whether nothing gets beyond it.</summary>
    /// <remarks>The mark that a policy of the tier leaves skips the rest of it. It is cleared before, for who knows whence it came, and after.</remarks>
    private bool Render(EndpointTier tier, EquatableArray<ResourceKey> policies, PolicyDirections direction, List<RulesetRule> rules)
    {
        RuleStatement[] ifNotPassed = [];
        foreach (var policy in policies)
        {
            var mayPass = passes(policy).HasFlag(direction);
            if (mayPass && ifNotPassed.Length == 0)
                rules.Add(ClearPass());
            rules.Add(new(
                [.. ifNotPassed, new VerdictStatement(RulesetVerdict.Jump(RulesetNames.PolicyChain(policy, direction)))],
                Limit($"tier {tier.Name}")));
            if (mayPass)
                ifNotPassed = [new MarkMatch(options.PassMark, 0)];
        }

        if (tier.DefaultAction is not RuleAction.Pass)
            Deny(ifNotPassed, $"end of tier {tier.Name}", tier.Name, direction, rules);
        if (ifNotPassed.Length == 0)
            return tier.DefaultAction is not RuleAction.Pass;
        rules.Add(ClearPass());
        return false;
    }

    private void Deny(RuleStatement[] condition, string comment, string tier, PolicyDirections direction, List<RulesetRule> rules)
    {
        if (_log.DeniedByDefault(direction, tier).ToArray() is { Length: > 0 } log)
            rules.Add(new([.. condition, .. log], Limit(comment)));
        rules.Add(new([.. condition, new CountStatement(), new VerdictStatement(RulesetVerdict.Drop)], Limit(comment)));
    }

    private RulesetRule ClearPass() => new([new SetMarkStatement(options.PassMark, 0)]);

    private static string Limit(string comment) => comment.Length <= MaxCommentLength ? comment : comment[..MaxCommentLength];

    /// <summary>NFTNL_UDATA_COMMENT_MAXLEN of libnftnl, without the zero at the end.</summary>
    private const int MaxCommentLength = 127;
}
