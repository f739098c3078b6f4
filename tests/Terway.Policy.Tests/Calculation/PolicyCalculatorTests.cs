using System.Net;

namespace Terway.Policy.Calculation;

public sealed class PolicyCalculatorTests
{
    private const int PacketsPerEndpoint = 80;

    [Fact]
    public void Every_state_is_reached_from_every_other_as_from_nothing()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            RandomCluster random = new(seed);
            List<List<Resource>> states = [[], .. Enumerable.Range(0, 5).Select(_ => random.State())];
            List<string> expected = [.. states.Select(s => FromNothing(s).Describe())];
            for (int from = 0; from < states.Count; from++)
            {
                for (int to = 0; to < states.Count; to++)
                {
                    Walk(random, states[from], states[to]).Describe().Should().Be(expected[to], $"seed {seed}, {from} to {to}");
                }
            }
        }
    }

    [Fact]
    public void The_evaluator_and_the_calculated_output_give_the_same_verdict_by_the_same_rule()
    {
        int verdicts = 0;
        int allowed = 0;
        for (int seed = 1000; seed < 1400; seed++)
        {
            RandomCluster random = new(seed);
            List<Resource> state = random.State();
            PolicyEvaluator evaluator = new(state);
            NodeState node = FromNothing(state);
            OutputInterpreter output = new(node);
            node.Endpoints.Keys.Should().BeEquivalentTo(state.OfType<Pod>().Where(p => p.IsEndpoint && p.Node == RandomCluster.Node).Select(p => p.Key));
            foreach (LocalEndpoint endpoint in node.Endpoints.Values)
            {
                for (int i = 0; i < PacketsPerEndpoint; i++)
                {
                    IPAddress own = endpoint.Addresses[i % endpoint.Addresses.Count];
                    PolicyDirections direction = i % 4 < 2 ? PolicyDirections.Ingress : PolicyDirections.Egress;
                    Packet packet = direction is PolicyDirections.Ingress ? random.PacketTo(own) : random.PacketFrom(own);

                    DirectionVerdict verdict = evaluator.Evaluate(endpoint.Pod, direction, packet);
                    (bool IsAllowed, ResourceKey? Policy, int? Rule) decided = output.Decide(endpoint.Pod, direction, packet);

                    if (decided != (verdict.IsAllowed, verdict.Decision.Policy, verdict.Decision.Rule))
                    {
                        Assert.Fail($"seed {seed}, {packet}: evaluator {verdict}; output {decided}\n{node.Describe()}");
                    }

                    verdicts++;
                    allowed += verdict.IsAllowed ? 1 : 0;
                }
            }
        }

        verdicts.Should().BeGreaterThan(100_000);
        allowed.Should().BeInRange(verdicts / 10, verdicts * 9 / 10, "both verdicts are tried often");
    }

    [Fact]
    public void The_same_state_again_changes_nothing()
    {
        List<Resource> state = new RandomCluster(7).State();
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        calculator.Flush().Should().NotBeEmpty();

        new RandomCluster(7).State().ForEach(calculator.Apply);

        calculator.Flush().Should().BeEmpty();
    }

    [Fact]
    public void What_came_and_went_between_two_flushes_is_not_told()
    {
        List<Resource> state = new RandomCluster(7).State();
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        state.ForEach(r => calculator.Remove(r.Key));

        calculator.Flush().Should().BeEmpty();
        calculator.Remove(ResourceKey.Pod("never", "was"));
    }

    [Fact]
    public void A_remote_pod_is_one_change_of_a_set_and_nothing_else()
    {
        PolicyCalculator calculator = Web(out _);
        calculator.Flush();

        calculator.Apply(Pod("y", "client", "there", "10.0.2.9", ("app", "client")));

        IpSetChanged change = calculator.Flush().Should().ContainSingle().Which.Should().BeOfType<IpSetChanged>().Subject;
        change.Added.Select(m => m.ToString()).Should().Equal("10.0.2.9/32");
        change.Removed.Should().BeEmpty();
        calculator.Apply(Pod("y", "other", "there", "10.0.2.10", ("app", "other")));
        calculator.Flush().Should().BeEmpty("no set asks for it");
    }

    [Fact]
    public void An_address_that_two_pods_share_stays_until_both_are_gone()
    {
        PolicyCalculator calculator = Web(out _);
        calculator.Apply(Pod("y", "old", "there", "10.0.2.9", ("app", "client")));
        calculator.Apply(Pod("y", "new", "there", "10.0.2.9", ("app", "client")));
        calculator.Flush();

        calculator.Remove(ResourceKey.Pod("y", "old"));
        calculator.Flush().Should().BeEmpty();
        calculator.Remove(ResourceKey.Pod("y", "new"));

        calculator.Flush().Should().ContainSingle().Which.Should().BeOfType<IpSetChanged>().Which.Removed.Should().ContainSingle();
    }

    [Fact]
    public void A_pod_is_closed_until_its_namespace_is_known()
    {
        PolicyCalculator calculator = new("here");
        calculator.Apply(Pod("x", "web", "here", "10.0.1.1"));
        calculator.Flush().OfType<ProfileUpdated>().Select(p => p.Profile).Should().Equal(new ActiveProfile("kns.x", RuleAction.Deny));

        calculator.Apply(new Namespace { Name = "x" });

        calculator.Flush().Should().Equal(new ProfileUpdated(new("kns.x", RuleAction.Allow)));
    }

    [Fact]
    public void A_policy_with_its_sets_goes_with_the_last_pod_that_it_governs()
    {
        PolicyCalculator calculator = Web(out KubernetesNetworkPolicy policy);
        calculator.Flush().Select(e => e.GetType()).Should().Equal(
            typeof(IpSetUpdated), typeof(PolicyUpdated), typeof(ProfileUpdated), typeof(EndpointUpdated));

        calculator.Remove(ResourceKey.Pod("x", "web"));

        calculator.Flush().Should().BeEquivalentTo<PolicyEvent>(
            [new EndpointRemoved(ResourceKey.Pod("x", "web")), new ProfileRemoved("kns.x"), new PolicyRemoved(policy.Key), new IpSetRemoved(SetOfClients)],
            options => options.WithStrictOrdering().RespectingRuntimeTypes());
    }

    [Fact]
    public void The_link_of_a_pod_has_the_name_that_calico_and_terway_give_it()
    {
        PolicyCalculator calculator = new("here");
        calculator.Apply(Pod("default", "web-0", "here", "10.0.1.1"));

        calculator.Flush().OfType<EndpointUpdated>().Single().Endpoint.InterfaceName.Should().Be("cali0d7763386da");
    }

    private static string SetOfClients =>
        Selector.Parse("(has(projectcalico.org/namespace) && (projectcalico.org/orchestrator == 'k8s' && app == 'client'))").Id;

    private static PolicyCalculator Web(out KubernetesNetworkPolicy policy)
    {
        PolicyCalculator calculator = new("here");
        policy = new()
        {
            Name = "web",
            Namespace = "x",
            Ingress = [new() { Peers = [new() { NamespaceSelector = LabelSelector.Everything, PodSelector = new() { MatchLabels = LabelSet.Of(("app", "client")) } }] }],
        };
        calculator.Apply(new Namespace { Name = "x" });
        calculator.Apply(new Namespace { Name = "y" });
        calculator.Apply(policy);
        calculator.Apply(Pod("x", "web", "here", "10.0.1.1"));
        return calculator;
    }

    private static Pod Pod(string podNamespace, string name, string node, string address, params (string, string)[] labels) => new()
    {
        Name = name,
        Namespace = podNamespace,
        Node = node,
        Addresses = [IPAddress.Parse(address)],
        Labels = LabelSet.Of(labels),
    };

    private static NodeState FromNothing(List<Resource> state)
    {
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        NodeState node = new();
        node.Apply(calculator.Flush());
        return node;
    }

    private static NodeState Walk(RandomCluster random, List<Resource> from, List<Resource> to)
    {
        PolicyCalculator calculator = new(RandomCluster.Node);
        NodeState node = new();
        from.ForEach(calculator.Apply);
        node.Apply(calculator.Flush());
        IEnumerable<Action> changes = from.Select(r => r.Key).Except(to.Select(r => r.Key)).Select(k => (Action)(() => calculator.Remove(k)))
            .Concat(to.Select(r => (Action)(() => calculator.Apply(r))));
        foreach (Action change in random.Shuffle(changes))
        {
            change();
            if (random.Chance(20))
            {
                node.Apply(calculator.Flush());
            }
        }

        node.Apply(calculator.Flush());
        return node;
    }
}
