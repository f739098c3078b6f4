namespace Terway.Policy.Evaluation;

/// <summary>Calico's tiers, orders and actions.</summary>
public sealed class TierTests
{
    private static readonly Packet Probe = new()
    {
        Source = ConformanceCluster.AddressOf("y/a"),
        Destination = ConformanceCluster.AddressOf("x/a"),
        DestinationPort = 80,
    };

    [Fact]
    public void The_first_tier_that_decides_is_final() =>
        Decide(Tier("first", 1), Policy("deny", "first", RuleAction.Deny), Policy("allow", "default", RuleAction.Allow))
            .Should().Be(new EvaluationStep(StepOutcome.Denied, "first", Key("deny"), 0));

    [Fact]
    public void Pass_goes_on_with_the_next_tier() =>
        Decide(Tier("first", 1), Policy("pass", "first", RuleAction.Pass), Policy("allow", "default", RuleAction.Allow))
            .Should().Be(new EvaluationStep(StepOutcome.Allowed, "default", Key("allow"), 0));

    [Fact]
    public void Pass_in_the_last_tier_goes_on_with_the_profiles() =>
        Decide(Policy("pass", "default", RuleAction.Pass)).Outcome.Should().Be(StepOutcome.AllowedByDefault);

    [Fact]
    public void Log_goes_on_with_the_next_rule() =>
        Decide(Policy("log", "default", RuleAction.Log, RuleAction.Allow)).Should().Be(new EvaluationStep(StepOutcome.Allowed, "default", Key("log"), 1));

    [Fact]
    public void A_tier_denies_what_its_policies_leave_undecided() =>
        Decide(Tier("first", 1), Policy("none", "first"), Policy("allow", "default", RuleAction.Allow))
            .Should().Be(new EvaluationStep(StepOutcome.DeniedByTier, "first"));

    [Fact]
    public void A_tier_whose_default_is_pass_goes_on() =>
        Decide(new CalicoTier { Name = "first", Order = 1, DefaultAction = RuleAction.Pass }, Policy("none", "first"), Policy("allow", "default", RuleAction.Allow))
            .Outcome.Should().Be(StepOutcome.Allowed);

    [Fact]
    public void A_tier_without_a_policy_in_the_direction_is_skipped() =>
        Decide(Tier("first", 1), Policy("egress", "first") with { Types = PolicyDirections.Egress }).Outcome.Should().Be(StepOutcome.AllowedByDefault);

    [Fact]
    public void Policies_stand_by_order_then_name_and_without_order_last()
    {
        Resource[] policies =
        [
            Policy("c", "default", RuleAction.Allow) with { Order = null },
            Policy("b", "default", RuleAction.Deny) with { Order = 5 },
            Policy("a", "default", RuleAction.Allow) with { Order = 5 },
        ];

        Decide(policies).Policy.Should().Be(Key("a"));
        Decide(policies[..2]).Policy.Should().Be(Key("b"));
    }

    [Fact]
    public void A_tier_that_is_only_named_is_last_and_its_policies_apply()
    {
        Decide(Policy("orphan", "zzz", RuleAction.Deny)).Policy.Should().Be(Key("orphan"));
        Decide(Tier("later", null), Policy("orphan", "aaa", RuleAction.Deny), Policy("allow", "later", RuleAction.Allow)).Policy.Should().Be(Key("allow"));
    }

    [Fact]
    public void The_admin_tier_stands_before_kubernetes_policies_and_the_baseline_after()
    {
        KubernetesNetworkPolicy isolate = new() { Name = "isolate", Namespace = "x" };

        Decide(isolate, Policy("admin", "kube-admin", RuleAction.Allow)).Policy.Should().Be(Key("admin"));
        Decide(isolate, Policy("baseline", "kube-baseline", RuleAction.Allow)).Outcome.Should().Be(StepOutcome.DeniedByTier);
        Decide(Policy("baseline", "kube-baseline", RuleAction.Deny)).Policy.Should().Be(Key("baseline"));
    }

    [Fact]
    public void A_selector_that_must_not_match_meets_addresses_outside_and_a_negated_one_does_not()
    {
        Packet outside = Probe with { Source = ConformanceCluster.External(isV6: false) };
        CalicoPolicy With(CalicoEntity source) =>
            Policy("p", "default") with { Ingress = [new() { Action = RuleAction.Allow, Source = source }] };

        Decide(outside, With(new() { NotSelector = Selector.Parse("has(x)") })).Outcome.Should().Be(StepOutcome.Allowed);
        Decide(outside, With(new() { Selector = Selector.Parse("!has(x)") })).Outcome.Should().Be(StepOutcome.DeniedByTier);
    }

    [Fact]
    public void Blocks_that_are_excluded_say_nothing_of_the_other_version() =>
        Decide(
            Probe with { Source = ConformanceCluster.External(isV6: true), Destination = ConformanceCluster.AddressOf("x/a", isV6: true) },
            Policy("p", "default") with { Ingress = [new() { Action = RuleAction.Allow, Source = new() { NotNets = [System.Net.IPNetwork.Parse("10.0.0.0/8")] } }] })
            .Outcome.Should().Be(StepOutcome.DeniedByTier);

    [Fact]
    public void A_rule_that_cannot_be_read_keeps_the_place_of_those_after_it()
    {
        Manifest manifest = Manifest.Read("""
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"k","namespace":"x"},"spec":{"podSelector":{},"ingress":[{"ports":[{"port":0}]},{"ports":[{"port":80}]}]}}
            """);

        Decide([.. manifest.Resources]).Rule.Should().Be(1);
        Decide(Probe with { DestinationPort = 81 }, [.. manifest.Resources]).Outcome.Should().Be(StepOutcome.DeniedByTier);
    }

    private static EvaluationStep Decide(params Resource[] resources) => Decide(Probe, resources);

    private static EvaluationStep Decide(Packet packet, params Resource[] resources) =>
        new PolicyEvaluator([.. ConformanceCluster.Resources, .. resources]).Evaluate(packet).Ingress!.Decision;

    private static CalicoTier Tier(string name, double? order) => new() { Name = name, Order = order };

    private static CalicoPolicy Policy(string name, string tier, params RuleAction[] actions) => new()
    {
        Name = name,
        Tier = tier,
        Types = PolicyDirections.Ingress,
        Selector = Selector.Parse("projectcalico.org/namespace == 'x' && pod == 'a'"),
        Ingress = actions.Select(a => new CalicoRule { Action = a }).ToEquatableArray(),
    };

    private static ResourceKey Key(string name) => new(ResourceKind.GlobalNetworkPolicy, null, name);
}
