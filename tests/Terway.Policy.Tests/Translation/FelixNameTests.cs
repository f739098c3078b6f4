using Terway.Policy.Internal;

namespace Terway.Policy.Translation;

/// <summary>Names and selectors that Felix gives, taken from its own tests and from dumps of its rules.</summary>
public sealed class FelixNameTests
{
    [Fact]
    public void Peers_become_felix_s_selectors_and_sets()
    {
        LabelSelector web = Labels(("app", "web"));

        Peer(web, null).Should().Be(("(projectcalico.org/namespace == \"prod\" && (projectcalico.org/orchestrator == \"k8s\" && app == \"web\"))", "cali40s:lgQ0i7EXRxuqdfcSKmyEYAU"));
        Peer(LabelSelector.Everything, null).Should().Be(("(projectcalico.org/namespace == \"prod\" && projectcalico.org/orchestrator == \"k8s\")", "cali40s:EqirBrXLxQ2akmZ1R-ea3Wg"));
        Peer(null, LabelSelector.Everything).Should().Be(("(has(projectcalico.org/namespace) && projectcalico.org/orchestrator == \"k8s\")", "cali40s:Vbl4aLpsO8Ss0UCzvsdmKAp"));
        Peer(null, Labels(("team", "a"))).Should().Be(("(pcns.team == \"a\" && projectcalico.org/orchestrator == \"k8s\")", "cali40s:5tZSWj_q6dVvWu3xMr0d007"));
        Peer(null, Labels(("a", "1"), ("b", "2"))).Should().Be(("((pcns.a == \"1\" && pcns.b == \"2\") && projectcalico.org/orchestrator == \"k8s\")", "cali40s:qImrZjGO_D8XWH5Bv73PE9Q"));
        Peer(new() { MatchExpressions = [new("app", LabelRequirementOperator.In, ["x", "y"])] }, Labels((Namespace.NameLabel, "prod")))
            .Should().Be(("(pcns.kubernetes.io/metadata.name == \"prod\" && (projectcalico.org/orchestrator == \"k8s\" && app in {\"x\", \"y\"}))", "cali40s:YvHrHVYjDliCGgx4dALPU53"));
    }

    [Theory]
    [InlineData("TCP", "n:cl9_Kgeu4H0OGLbhovVR3NBLUOZscKeMK1Mu4A")]
    [InlineData("UDP", "n:74yEIvclD7QMT7xNM1hj8GbYy42TzM-A7Ksxnw")]
    [InlineData("SCTP", "n:Vly3eGCl5dMANJYk7N4OT6ywRTDXzuypUIs1DQ")]
    [InlineData(null, "n:FvKMFOOSYvkZZJ0ch1bwT7bt3AAgySwlMLqMDA")]
    public void A_named_port_becomes_felix_s_set(string? protocol, string id)
    {
        IpProtocol? parsed = IpProtocol.TryParse(protocol, out IpProtocol found) ? found : null;

        IpSetSpec.OfPort(Selector.All, parsed, "http").Id.Should().Be(id);
    }

    [Fact]
    public void Ports_are_grouped_by_protocol_with_names_first_and_numbers_merged()
    {
        KubernetesNetworkPolicy policy = new()
        {
            Name = "p",
            Namespace = "prod",
            Ingress =
            [
                new()
                {
                    Ports =
                    [
                        new(IpProtocol.Udp, 53), new(IpProtocol.Tcp, 82), new(IpProtocol.Tcp, PortMatch.Number(80, 81)), new(IpProtocol.Tcp, 90),
                        new(IpProtocol.Tcp, PortMatch.Named("http")), new(IpProtocol.Sctp), new(IpProtocol.Sctp, 7),
                    ],
                },
            ],
        };

        EquatableArray<TranslatedRule> rules = KubernetesTranslation.Translate(policy).Ingress;

        rules.Select(r => $"{r.Protocol} {string.Join(',', r.Destination.Ports)}").Should().Equal("SCTP ", "TCP http,80:82,90", "UDP 53");
        rules.Should().OnlyContain(r => r.Index == 0, "all come from the one rule");
    }

    [Fact]
    public void In_a_namespaced_policy_selectors_stay_in_the_namespace_and_blocks_do_not()
    {
        TranslatedEntity Translate(CalicoEntity entity) => CalicoTranslation.Translate(
            new() { Name = "p", Namespace = "prod", Ingress = [new() { Action = RuleAction.Allow, Source = entity }] }).Ingress[0].Source;

        Translate(new() { Nets = [System.Net.IPNetwork.Parse("10.0.0.0/8")] }).Selector.Should().BeNull();
        Translate(new() { Selector = Selector.Parse("has(a)") }).Selector!.ToString().Should().Be("(projectcalico.org/namespace == \"prod\" && has(a))");
        Translate(new() { NotSelector = Selector.Parse("has(a)") }).Selector!.ToString().Should().Be("(projectcalico.org/namespace == \"prod\" && !has(a))");
        Translate(new() { NamespaceSelector = Selector.Parse("global() || env == 'x'") }).Selector!.ToString()
            .Should().Be("(!has(projectcalico.org/namespace) || pcns.env == \"x\")");
        Translate(new() { ServiceAccountNames = ["b", "a"], ServiceAccountSelector = Selector.Parse("r == '1'"), Selector = Selector.Parse("has(a)") }).Selector!.ToString()
            .Should().Be("(projectcalico.org/namespace == \"prod\" && ((projectcalico.org/serviceaccount in {\"a\", \"b\"} && pcsa.r == \"1\") && has(a)))");
    }

    [Fact]
    public void Outside_a_namespace_only_a_selector_that_is_not_must_meet_unknown_addresses()
    {
        TranslatedEntity source = CalicoTranslation.Translate(
            new() { Name = "p", Ingress = [new() { Action = RuleAction.Deny, Source = new() { NotSelector = Selector.Parse("has(a)") } }] }).Ingress[0].Source;

        source.Selector.Should().BeNull();
        source.NotSelector!.ToString().Should().Be("has(a)");
    }

    private static (string Text, string Set) Peer(LabelSelector? pods, LabelSelector? namespaces)
    {
        KubernetesNetworkPolicy policy = new()
        {
            Name = "p",
            Namespace = "prod",
            Ingress = [new() { Peers = [new() { PodSelector = pods, NamespaceSelector = namespaces }] }],
        };
        Selector selector = KubernetesTranslation.Translate(policy).Ingress[0].Source.Selector!;
        return (selector.ToString(), $"cali40{selector.Id}"[..31]);
    }

    private static LabelSelector Labels(params (string, string)[] labels) => new() { MatchLabels = LabelSet.Of(labels) };
}
