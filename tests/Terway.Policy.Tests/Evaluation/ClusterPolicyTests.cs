namespace Terway.Policy.Evaluation;

/// <summary>The policies of the cluster's administrators, before and after those of the namespaces.</summary>
public sealed class ClusterPolicyTests
{
    private const string AllPods = """{"namespaces":{}}""";

    [Theory]
    [InlineData("Accept", true)]
    [InlineData("Deny", false)]
    public void The_admin_tier_overrules_the_namespaces_policies(string action, bool isAllowed)
    {
        string admin = Cluster("Admin", $$$"""{"action":"{{{action}}}","from":[{"namespaces":{"matchLabels":{"ns":"y"} } }]}""");

        Ask("y/a", "x/a", admin, action == "Deny" ? Namespaced("[{}]") : Namespaced("[]")).IsAllowed.Should().Be(isAllowed);
    }

    [Fact]
    public void Pass_leaves_it_to_the_namespaces_policies_and_then_to_the_baseline()
    {
        string pass = Cluster("Admin", """{"action":"Pass","from":[{"namespaces":{}}]}""", """{"action":"Deny","from":[{"namespaces":{}}]}""");
        string deny = Cluster("Baseline", """{"action":"Deny","from":[{"namespaces":{}}]}""");

        Ask("y/a", "x/a", pass).Ingress!.Decision.Outcome.Should().Be(StepOutcome.AllowedByDefault);
        Ask("y/a", "x/a", pass, Namespaced("[{}]"), deny).Ingress!.Decision.Tier.Should().Be("default", "a namespace's policy is final");
        Ask("y/a", "x/a", pass, deny).Ingress!.Decision.Should().Be(new EvaluationStep(StepOutcome.Denied, "kube-baseline", new(ResourceKind.ClusterNetworkPolicy, null, "baseline"), 0));
    }

    [Fact]
    public void Being_a_subject_denies_nothing_by_itself()
    {
        string admin = Cluster("Admin", """{"action":"Deny","from":[{"pods":{"namespaceSelector":{},"podSelector":{"matchLabels":{"pod":"b"}}}}]}""");

        Ask("y/a", "x/a", admin).IsAllowed.Should().BeTrue();
        Ask("y/b", "x/a", admin).IsAllowed.Should().BeFalse();
        Ask("x/a", "y/b", admin).IsAllowed.Should().BeTrue("the policy has no egress rules");
    }

    [Theory]
    [InlineData("""{"tcp":{"destinationPort":{"number":80}}}""", "TCP 80")]
    [InlineData("""{"tcp":{"destinationPort":{"range":{"start":80,"end":81}}}}""", "TCP 80", "TCP 81")]
    [InlineData("""{"udp":{}}""", "UDP 80", "UDP 81")]
    [InlineData("""{"destinationNamedPort":"serve-81-sctp"}""", "SCTP 81")]
    public void Protocols_name_ports_by_number_range_and_name(string protocol, params string[] denied)
    {
        string admin = Cluster("Admin", $$$"""{"action":"Deny","from":[{"namespaces":{}}],"protocols":[{{{protocol}}}]}""");

        IEnumerable<string> found = from p in new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp }
                                    from port in new ushort[] { 80, 81 }
                                    where !Ask("y/a", "x/a", [admin], p, port).IsAllowed
                                    select $"{p} {port}";
        found.Should().Equal(denied);
    }

    [Fact]
    public void Networks_match_pods_and_strangers_alike()
    {
        string admin = """
            {"apiVersion":"policy.networking.k8s.io/v1alpha2","kind":"ClusterNetworkPolicy","metadata":{"name":"admin"},"spec":{"tier":"Admin","priority":1,"subject":{"namespaces":{}},
             "egress":[{"action":"Deny","to":[{"networks":["10.0.2.0/24","192.0.2.0/24"]}]}]}}
            """;

        Ask("x/a", "y/a", admin).IsAllowed.Should().BeFalse();
        Ask("x/a", "z/a", admin).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public void The_lower_priority_is_asked_first()
    {
        string allow = Cluster("Admin", """{"action":"Accept","from":[{"namespaces":{}}]}""").Replace("\"admin\"", "\"a-late\"").Replace("\"priority\":1", "\"priority\":9");
        string deny = Cluster("Admin", """{"action":"Deny","from":[{"namespaces":{}}]}""");

        Ask("y/a", "x/a", allow, deny).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void The_predecessors_are_read_too()
    {
        string admin = """
            {"apiVersion":"policy.networking.k8s.io/v1alpha1","kind":"AdminNetworkPolicy","metadata":{"name":"a"},"spec":{"priority":5,"subject":{"pods":{"namespaceSelector":{},"podSelector":{}}},
             "ingress":[{"action":"Allow","from":[{"namespaces":{}}],"ports":[{"portNumber":{"port":80}},{"portRange":{"protocol":"UDP","start":80,"end":80}},{"namedPort":"serve-80-sctp"}]}]}}
            """;
        string baseline = """
            {"apiVersion":"policy.networking.k8s.io/v1alpha1","kind":"BaselineAdminNetworkPolicy","metadata":{"name":"default"},"spec":{"subject":{"namespaces":{}},"ingress":[{"action":"Deny","from":[{"namespaces":{}}]}]}}
            """;

        Ask("y/a", "x/a", [admin, baseline], IpProtocol.Tcp, 80).IsAllowed.Should().BeTrue();
        Ask("y/a", "x/a", [admin, baseline], IpProtocol.Udp, 80).IsAllowed.Should().BeTrue();
        Ask("y/a", "x/a", [admin, baseline], IpProtocol.Sctp, 80).IsAllowed.Should().BeTrue();
        Ask("y/a", "x/a", [admin, baseline], IpProtocol.Tcp, 81).Ingress!.Decision.Policy!.Value.Kind.Should().Be(ResourceKind.BaselineAdminNetworkPolicy);
    }

    [Theory]
    [InlineData("Accept", """[{"nodes":{}},{"namespaces":{"matchLabels":{"ns":"y"}}}]""", "[]", "y/a", true)]
    [InlineData("Accept", """[{"nodes":{}}]""", "[]", "y/a", false)]
    [InlineData("Accept", """[{"namespaces":{}}]""", """[{"quic":{}}]""", "y/a", false)]
    [InlineData("Deny", """[{"domainNames":["example.com"]}]""", "[]", "y/a", false)]
    [InlineData("Pass", """[{"nodes":{}}]""", "[]", "y/a", false)]
    [InlineData("Deny", """[{"namespaces":{"matchLabels":{"ns":"z"}}}]""", """[{"tcp":{"destinationPort":{"number":0}}}]""", "y/a", false)]
    public void What_is_not_known_fails_closed(string action, string from, string protocols, string source, bool isAllowed)
    {
        string admin = Cluster("Admin", $$$"""{"action":"{{{action}}}","from":{{{from}}},"protocols":{{{protocols}}}}""");
        string deny = Cluster("Baseline", """{"action":"Deny","from":[{"namespaces":{}}]}""");

        Manifest.Read(admin).Problems.Should().NotBeEmpty().And.OnlyContain(p => p.Effect == ProblemEffect.PartIgnored);
        Ask(source, "x/a", admin, deny).IsAllowed.Should().Be(isAllowed);
    }

    [Theory]
    [InlineData("""{"tier":"Other","priority":1,"subject":{"namespaces":{}}}""", "tier must be")]
    [InlineData("""{"tier":"Admin","subject":{"namespaces":{}}}""", "must have a priority")]
    [InlineData("""{"tier":"Admin","priority":1001,"subject":{"namespaces":{}}}""", "0 to 1000")]
    [InlineData("""{"tier":"Admin","priority":1}""", "must have a subject")]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"namespaces":{},"pods":{}}}""", "one of namespaces, pods")]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"networks":["10.0.0.0/8"]}}""", "must be namespaces or pods")]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"namespaces":{}},"ingress":[{"action":"Log","from":[{"namespaces":{}}]}]}""", "must have the action")]
    public void A_policy_that_cannot_be_understood_is_refused(string spec, string reason)
    {
        Manifest manifest = Manifest.Read($$$"""{"apiVersion":"policy.networking.k8s.io/v1alpha2","kind":"ClusterNetworkPolicy","metadata":{"name":"p"},"spec":{{{spec}}}}""");

        manifest.Resources.Should().BeEmpty();
        manifest.Problems.Should().Contain(p => p.Effect == ProblemEffect.ObjectRefused).Which.ToString().Should().Contain("ClusterNetworkPolicy p");
        manifest.Problems.Should().Contain(p => p.Reason.Contains(reason));
    }

    [Theory]
    [InlineData("StagedNetworkPolicy")]
    [InlineData("StagedGlobalNetworkPolicy")]
    [InlineData("StagedKubernetesNetworkPolicy")]
    [InlineData("HostEndpoint")]
    [InlineData("Profile")]
    public void A_kind_that_decides_nothing_is_named(string kind)
    {
        Manifest manifest = Manifest.Read($$$"""{"apiVersion":"projectcalico.org/v3","kind":"{{{kind}}}","metadata":{"name":"p"},"spec":{}}""");

        manifest.Resources.Should().BeEmpty();
        manifest.Problems.Should().ContainSingle().Which.Effect.Should().Be(ProblemEffect.ObjectNotEnforced);
    }

    private static string Cluster(string tier, params string[] ingress) =>
        $$$"""{"apiVersion":"policy.networking.k8s.io/v1alpha2","kind":"ClusterNetworkPolicy","metadata":{"name":"{{{tier.ToLowerInvariant()}}}"},"spec":{"tier":"{{{tier}}}","priority":1,"subject":{{{AllPods}}},"ingress":[{{{string.Join(",", ingress)}}}]}}""";

    private static string Namespaced(string ingress) =>
        $$$"""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"np","namespace":"x"},"spec":{"podSelector":{},"policyTypes":["Ingress"],"ingress":{{{ingress}}}}}""";

    private static PacketVerdict Ask(string from, string to, params string[] policies) => Ask(from, to, policies, IpProtocol.Tcp, 80);

    private static PacketVerdict Ask(string from, string to, string[] policies, IpProtocol protocol, ushort port)
    {
        PolicyEvaluator evaluator = new([.. ConformanceCluster.Resources, .. policies.SelectMany(p => Manifest.Read(p).Resources)]);
        Packet packet = new() { Source = ConformanceCluster.AddressOf(from), Destination = ConformanceCluster.AddressOf(to), Protocol = protocol, DestinationPort = port };
        return evaluator.Evaluate(packet);
    }
}
