namespace Terway.Policy.Evaluation;

/// <summary>Kubernetes' rules case by case, each probed from every pod and an external address, over TCP, UDP, SCTP and ICMP, in both families.</summary>
public sealed class WorkedCaseTests
{
    private const string Any = "x/a x/b x/c y/a y/b y/c z/a z/b z/c ext";
    private const string Everything = "tcp80 tcp81 udp80 sctp80 icmp";

    private static readonly (string Name, IpProtocol Protocol, ushort Port)[] Probes =
    [
        ("tcp80", IpProtocol.Tcp, 80), ("tcp81", IpProtocol.Tcp, 81), ("udp80", IpProtocol.Udp, 80), ("sctp80", IpProtocol.Sctp, 80), ("icmp", IpProtocol.Icmp, 0),
    ];

    [Theory]
    [InlineData("1 isolation without rules", """{"policyTypes":["Ingress"]}""", "", "")]
    [InlineData("2 a rule that states nothing", """{"ingress":[{}]}""", Any, Everything)]
    [InlineData("3 a port that states nothing is all of TCP", """{"ingress":[{"from":[],"ports":[{}]}]}""", Any, "tcp80 tcp81")]
    [InlineData("4 all namespaces", """{"ingress":[{"from":[{"namespaceSelector":{}}]}]}""", "x/b x/c y/a y/b y/c z/a z/b z/c", Everything)]
    [InlineData("5 all pods of the namespace", """{"ingress":[{"from":[{"podSelector":{}}]}]}""", "x/b x/c", Everything)]
    [InlineData("6 two peers are OR", """{"ingress":[{"from":[{"podSelector":{"matchLabels":{"pod":"b"}}},{"namespaceSelector":{"matchLabels":{"ns":"y"}}}]}]}""", "x/b y/a y/b y/c", Everything)]
    [InlineData("7 two selectors of a peer are AND", """{"ingress":[{"from":[{"podSelector":{"matchLabels":{"pod":"b"}},"namespaceSelector":{"matchLabels":{"ns":"y"}}}]}]}""", "y/b", Everything)]
    [InlineData("8 NotIn", """{"ingress":[{"from":[{"podSelector":{},"namespaceSelector":{"matchExpressions":[{"key":"ns","operator":"NotIn","values":["x"]}]}}]}]}""", "y/a y/b y/c z/a z/b z/c", Everything)]
    [InlineData("9 named port", """{"ingress":[{"ports":[{"port":"serve-80-tcp"}]}]}""", Any, "tcp80")]
    [InlineData("10 a name of another protocol", """{"ingress":[{"ports":[{"port":"serve-80-tcp","protocol":"UDP"}]}]}""", "", "")]
    [InlineData("11 a range", """{"ingress":[{"ports":[{"port":80,"endPort":81}]}]}""", Any, "tcp80 tcp81")]
    [InlineData("12 a pod's address as a block", """{"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.1.2/32"}},{"ipBlock":{"cidr":"2001:db8::1:2/128"}}]}]}""", "x/b", Everything)]
    [InlineData("13 all but one", """{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.1.2/32"]}},{"ipBlock":{"cidr":"::/0","except":["2001:db8::1:2/128"]}}]}]}""", "x/c y/a y/b y/c z/a z/b z/c ext", Everything)]
    [InlineData("14 an exception denies nothing", """{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.1.2/32"]}},{"ipBlock":{"cidr":"::/0"}}]},{"from":[{"podSelector":{"matchLabels":{"pod":"b"}}}]}]}""", Any, Everything)]
    [InlineData("16 types default as in the API server", """{"egress":[{}]}""", "", "")]
    [InlineData("19 a subject that is nobody", """{"podSelector":{"matchExpressions":[{"key":"pod","operator":"DoesNotExist"}]},"policyTypes":["Ingress"]}""", Any, Everything)]
    [InlineData("egress alone leaves ingress open", """{"policyTypes":["Egress"],"ingress":[]}""", Any, Everything)]
    [InlineData("SCTP opens no TCP", """{"ingress":[{"ports":[{"port":80,"protocol":"SCTP"}]}]}""", Any, "sctp80")]
    [InlineData("a name that resolves nowhere", """{"ingress":[{"ports":[{"port":"nowhere"}]}]}""", "", "")]
    [InlineData("except may leave nothing", """{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["0.0.0.0/1","128.0.0.0/1"]}}]}]}""", "", "")]
    [InlineData("host bits are masked", """{"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.2.77/24"}},{"ipBlock":{"cidr":"2001:db8::2:1/112"}}]}]}""", "y/a y/b y/c", Everything)]
    public void Ingress_of_pod_a_in_namespace_x(string name, string spec, string from, string probes)
    {
        PolicyEvaluator evaluator = With(spec);

        foreach (bool isV6 in (bool[])[false, true])
        {
            Arrivals(evaluator, isV6).Should().BeEquivalentTo(
                from.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(f => f != "x/a").SelectMany(f => probes.Split(' ').Select(p => $"{f} {p}")), name);
        }
    }

    [Fact]
    public void Case_15_egress_without_rules_reaches_nothing_and_takes_answers()
    {
        PolicyEvaluator evaluator = With("""{"policyTypes":["Egress"]}""");

        ConformanceCluster.Pods.Where(p => p != "x/a").Should().OnlyContain(p => !Reaches(evaluator, "x/a", p, IpProtocol.Udp, 53));
        Reaches(evaluator, "x/b", "x/a", IpProtocol.Tcp, 80).Should().BeTrue();
    }

    [Fact]
    public void Case_17_policies_add_up_and_do_not_mix()
    {
        PolicyEvaluator evaluator = With(
            """{"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"ns":"y"}}}],"ports":[{"port":80}]}]}""",
            """{"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"ns":"z"}}}],"ports":[{"port":81}]}]}""");

        Reaches(evaluator, "y/a", "x/a", IpProtocol.Tcp, 80).Should().BeTrue();
        Reaches(evaluator, "z/a", "x/a", IpProtocol.Tcp, 81).Should().BeTrue();
        Reaches(evaluator, "y/a", "x/a", IpProtocol.Tcp, 81).Should().BeFalse();
        Reaches(evaluator, "z/a", "x/a", IpProtocol.Tcp, 80).Should().BeFalse();
    }

    [Fact]
    public void Case_18_each_end_decides_for_itself()
    {
        PolicyEvaluator evaluator = With("""{"policyTypes":["Egress"],"egress":[{"to":[{"podSelector":{"matchLabels":{"pod":"b"}}}]}]}""");

        Reaches(evaluator, "x/a", "x/b", IpProtocol.Tcp, 80).Should().BeTrue();
        Reaches(evaluator, "x/a", "x/c", IpProtocol.Tcp, 80).Should().BeFalse();
        Reaches(evaluator, "x/c", "x/a", IpProtocol.Tcp, 80).Should().BeTrue();
    }

    [Fact]
    public void Case_20_a_named_port_under_a_block_is_a_port_of_pods_in_the_block()
    {
        PolicyEvaluator evaluator = With("""{"policyTypes":["Egress"],"egress":[{"to":[{"ipBlock":{"cidr":"10.0.2.0/24"}}],"ports":[{"port":"serve-80-tcp"}]}]}""");

        Reaches(evaluator, "x/a", "y/a", IpProtocol.Tcp, 80).Should().BeTrue();
        Reaches(evaluator, "x/a", "y/a", IpProtocol.Tcp, 81).Should().BeFalse();
        Reaches(evaluator, "x/a", "z/a", IpProtocol.Tcp, 80).Should().BeFalse();
    }

    [Fact]
    public void The_pods_own_node_always_reaches_it()
    {
        PolicyEvaluator evaluator = With("""{"policyTypes":["Ingress"]}""");
        Packet probe = new() { Source = ConformanceCluster.External(false), Destination = ConformanceCluster.AddressOf("x/a"), DestinationPort = 80 };

        evaluator.Evaluate(probe).IsAllowed.Should().BeFalse();
        evaluator.Evaluate(probe with { FromNode = "there" }).IsAllowed.Should().BeFalse();
        evaluator.Evaluate(probe with { FromNode = "here" }).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public void A_verdict_names_tier_policy_and_rule()
    {
        PolicyEvaluator evaluator = With("""{"ingress":[{"ports":[{"port":443}]},{"ports":[{"port":80}]}]}""");
        Packet packet = new() { Source = ConformanceCluster.AddressOf("y/a"), Destination = ConformanceCluster.AddressOf("x/a"), DestinationPort = 80 };

        DirectionVerdict allowed = evaluator.Evaluate(packet).Ingress!;
        PacketVerdict denied = evaluator.Evaluate(packet with { DestinationPort = 8080 });

        allowed.Decision.Should().Be(new EvaluationStep(StepOutcome.Allowed, "default", new(ResourceKind.KubernetesNetworkPolicy, "x", "p0"), 1));
        denied.Ingress!.Steps.Select(s => s.Outcome).Should().Equal(StepOutcome.NotMatched, StepOutcome.DeniedByTier);
        denied.Egress!.Decision.Outcome.Should().Be(StepOutcome.AllowedByDefault);
        denied.ToString().Should().Contain("no rule of KubernetesNetworkPolicy x/p0 in tier default matches it");
    }

    private static PolicyEvaluator With(params string[] specs)
    {
        IEnumerable<Resource> policies = specs.Select((spec, i) => Policy(spec, i));
        return new([.. ConformanceCluster.Resources, .. policies]);
    }

    private static Resource Policy(string spec, int number)
    {
        string subject = spec.Contains("\"podSelector\":{\"matchExpressions\":[{\"key\":\"pod\",\"operator\":\"DoesNotExist\"", StringComparison.Ordinal)
            ? spec : """{"podSelector":{"matchLabels":{"pod":"a"}},""" + spec[1..];
        Manifest manifest = Manifest.Read($$"""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"namespace":"x","name":"p{{number}}"},"spec":{{subject}}}""");
        manifest.Problems.Should().BeEmpty();
        return manifest.Resources.Single();
    }

    private static IEnumerable<string> Arrivals(PolicyEvaluator evaluator, bool isV6) =>
        from source in Any.Split(' ')
        where source != "x/a"
        from probe in Probes
        let packet = new Packet
        {
            Source = source == "ext" ? ConformanceCluster.External(isV6) : ConformanceCluster.AddressOf(source, isV6),
            Destination = ConformanceCluster.AddressOf("x/a", isV6),
            Protocol = isV6 && probe.Protocol == IpProtocol.Icmp ? IpProtocol.IcmpV6 : probe.Protocol,
            DestinationPort = probe.Port,
        }
        where evaluator.Evaluate(packet).IsAllowed
        select $"{source} {probe.Name}";

    private static bool Reaches(PolicyEvaluator evaluator, string from, string to, IpProtocol protocol, ushort port) =>
        evaluator.Evaluate(new()
        {
            Source = ConformanceCluster.AddressOf(from),
            Destination = ConformanceCluster.AddressOf(to),
            Protocol = protocol,
            DestinationPort = port,
        }).IsAllowed;
}
