namespace Terway.Policy.Iptables.Internal;

/// <summary>Renders an endpoint: per direction a chain that asks its tiers in order and then its profiles.</summary>
internal sealed class EndpointChains(IptablesOptions options)
{
    private const string DefaultTier = "default";

    internal IptablesChain Render(LocalEndpoint endpoint, PolicyDirections direction)
    {
        List<IptablesRule> rules = [new("-m conntrack --ctstate RELATED,ESTABLISHED --jump ACCEPT")];
        if (options.DropInvalid)
            rules.Add(new("-m conntrack --ctstate INVALID --jump DROP"));
        rules.Add(new(Marks.Set(0, options.AcceptMark)));
        foreach (var tier in endpoint.Tiers)
        {
            if (Policies(tier, direction) is { IsEmpty: false } policies)
                rules.AddRange(Render(tier, policies, direction));
        }

        foreach (var profile in endpoint.Profiles)
        {
            rules.Add(new($"--jump {IptablesNames.Profile(profile, direction)}"));
            rules.Add(ReturnIfAccepted("Return if profile accepted"));
        }

        rules.Add(new("--jump DROP", "Drop if no profiles matched") { Decides = RuleAction.Deny });
        return new(IptablesNames.Filter, IptablesNames.Endpoint(endpoint.InterfaceName, direction), rules.ToEquatableArray(), endpoint.Pod, direction);
    }

    /// <summary>The chains that an endpoint's chain leads to.</summary>
    internal static IEnumerable<(ResourceKey Policy, PolicyDirections Direction)> PoliciesOf(LocalEndpoint endpoint) =>
        new[] { PolicyDirections.Ingress, PolicyDirections.Egress }
            .SelectMany(d => endpoint.Tiers.SelectMany(t => Policies(t, d)).Select(policy => (policy, d))).Distinct();

    private IEnumerable<IptablesRule> Render(EndpointTier tier, EquatableArray<ResourceKey> policies, PolicyDirections direction)
    {
        yield return new(Marks.Set(0, options.PassMark), IptablesNames.Comment(tier.Name is DefaultTier ? "Start of policies" : $"Start of tier {tier.Name}"));
        foreach (var policy in policies)
        {
            yield return new($"{Marks.IsClear(options.PassMark)} --jump {IptablesNames.Policy(policy, direction)}");
            yield return ReturnIfAccepted("Return if policy accepted");
        }

        if (tier.DefaultAction is RuleAction.Pass)
            yield break;
        var end = "Drop if no policies passed packet";
        yield return new(
            $"{Marks.IsClear(options.PassMark)} --jump DROP", IptablesNames.Comment(tier.Name is DefaultTier ? end : $"End of tier {tier.Name}. {end}"))
        {
            Decides = RuleAction.Deny,
        };
    }

    private IptablesRule ReturnIfAccepted(string comment) => new($"{Marks.IsSet(options.AcceptMark)} --jump RETURN", comment);

    private static EquatableArray<ResourceKey> Policies(EndpointTier tier, PolicyDirections direction) =>
        direction is PolicyDirections.Ingress ? tier.Ingress : tier.Egress;
}
