using System.Net;

namespace Terway.Policy.Linting;

public sealed class PolicyLinterTests
{
    [Theory]
    [InlineData("""{"podSelector":{"matchLabels":{"app":"wbe"}}}""", LintCode.SelectsNothing, "spec.podSelector")]
    [InlineData("""{"podSelector":{"matchLabels":{"app":"host"}}}""", LintCode.SelectsHostNetwork, "spec.podSelector")]
    [InlineData("""{"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"db"}}},{"podSelector":{"matchLabels":{"app":"web"}}}]}]}""", LintCode.PeerMatchesNothing, "spec.ingress[0].from[0]")]
    [InlineData("""{"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"db"}}}]}]}""", LintCode.RuleNeverMatches, "spec.ingress[0]")]
    [InlineData("""{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["0.0.0.0/1","128.0.0.0/1"]}}]}]}""", LintCode.RuleNeverMatches, "spec.ingress[0]")]
    [InlineData("""{"ingress":[{"ports":[{"port":"htpp"}]}]}""", LintCode.PortNameUnknown, "spec.ingress[0].ports[0].port")]
    [InlineData("""{"ingress":[{"ports":[{"port":"http","protocol":"UDP"}]}]}""", LintCode.PortNameUnknown, "spec.ingress[0].ports[0].port")]
    [InlineData("""{"ingress":[{"from":[{"namespaceSelector":{}},{"podSelector":{}}]}]}""", LintCode.PeersProbablyOne, "spec.ingress[0].from")]
    [InlineData("""{"policyTypes":["Ingress"],"egress":[{}]}""", LintCode.DirectionIgnored, "spec.egress")]
    [InlineData("""{"egress":[{"ports":[{"port":443}]}]}""", LintCode.NoNameService, "spec.egress")]
    public void A_kubernetes_policy_that_is_probably_not_meant_is_found(string spec, LintCode code, string field) =>
        Check("networking.k8s.io/v1", "NetworkPolicy", spec).Should().Contain(f => f.Code == code && f.Field == field);

    [Theory]
    [InlineData("""{"selector":"app == 'wbe'"}""", LintCode.SelectsNothing, "spec.selector")]
    [InlineData("""{"tier":"nowhere"}""", LintCode.TierUnknown, "spec.tier")]
    [InlineData("""{"types":["Ingress"],"egress":[{"action":"Allow"}]}""", LintCode.DirectionIgnored, "spec.egress")]
    [InlineData("""{"ingress":[{"action":"Deny"},{"action":"Allow","protocol":"TCP"}]}""", LintCode.RuleUnreachable, "spec.ingress[1]")]
    [InlineData("""{"ingress":[{"action":"Allow","source":{"selector":"app == 'db'"}}]}""", LintCode.RuleNeverMatches, "spec.ingress[0].source")]
    [InlineData("""{"egress":[{"action":"Allow","protocol":"TCP","destination":{"selector":"app == 'web'","ports":["htpp"]}}]}""", LintCode.PortNameUnknown, "spec.egress[0].destination.ports")]
    public void A_calico_policy_that_is_probably_not_meant_is_found(string spec, LintCode code, string field) =>
        Check("projectcalico.org/v3", "NetworkPolicy", spec).Should().Contain(f => f.Code == code && f.Field == field);

    [Theory]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"namespaces":{"matchLabels":{"a":"b"}}}}""", LintCode.SelectsNothing, "spec.subject")]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"namespaces":{}},"ingress":[{"action":"Deny","from":[{"namespaces":{"matchLabels":{"a":"b"}}}]}]}""", LintCode.RuleNeverMatches, "spec.ingress[0].source")]
    [InlineData("""{"tier":"Admin","priority":1,"subject":{"namespaces":{}},"egress":[{"action":"Deny","to":[{"namespaces":{}}],"protocols":[{"destinationNamedPort":"htpp"}]}]}""", LintCode.PortNameUnknown, "spec.egress[0].destination.ports")]
    public void A_policy_of_the_administrators_that_is_probably_not_meant_is_found(string spec, LintCode code, string field) =>
        Check("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", spec).Should().Contain(f => f.Code == code && f.Field == field);

    [Theory]
    [InlineData("networking.k8s.io/v1", """{"podSelector":{"matchLabels":{"app":"web"}},"policyTypes":["Ingress","Egress"],"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"client"}}}],"ports":[{"port":"http"}]}],"egress":[{"ports":[{"port":53,"protocol":"UDP"}]},{"to":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.0.0/8"]}}]}]}""")]
    [InlineData("networking.k8s.io/v1", """{"podSelector":{"matchLabels":{"app":"web"}},"policyTypes":["Ingress","Egress"]}""")]
    [InlineData("projectcalico.org/v3", """{"selector":"app == 'web'","ingress":[{"action":"Log"},{"action":"Allow","protocol":"TCP","source":{"selector":"app == 'client'"},"destination":{"ports":["http",81]}},{"action":"Deny"}]}""")]
    public void A_policy_in_order_is_left_alone(string group, string spec) => Check(group, "NetworkPolicy", spec).Should().BeEmpty();

    [Fact]
    public void The_common_mistake_of_a_namespaces_name_gets_its_own_hint()
    {
        IEnumerable<LintFinding> findings = Check("networking.k8s.io/v1", "NetworkPolicy", """{"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"name":"shop"}}}]}]}""");

        findings.First().Hint.Should().Contain("kubernetes.io/metadata.name");
        findings.First().ToString().Should().StartWith("KubernetesNetworkPolicy shop/p: spec.ingress[0].from[0]: PeerMatchesNothing:");
    }

    [Fact]
    public void A_port_of_the_other_protocol_is_named() =>
        Check("networking.k8s.io/v1", "NetworkPolicy", """{"ingress":[{"ports":[{"port":"http","protocol":"UDP"}]}]}""")
            .Single().Reason.Should().Contain("shop/web has it for TCP");

    private static IEnumerable<LintFinding> Check(string group, string kind, string spec)
    {
        Manifest manifest = Manifest.Read($$"""{"apiVersion":"{{group}}","kind":"{{kind}}","metadata":{"name":"p","namespace":"shop"},"spec":{{spec}}}""");
        manifest.Problems.Should().BeEmpty();
        Resource[] cluster =
        [
            new Namespace { Name = "shop", Labels = LabelSet.Of((Namespace.NameLabel, "shop")) },
            PodOf("web", "10.0.0.1") with { Ports = [new("http", IpProtocol.Tcp, 8080)] },
            PodOf("client", "10.0.0.2"),
            PodOf("host", "192.168.0.1") with { IsHostNetwork = true },
        ];
        return PolicyLinter.Check([.. cluster, .. manifest.Resources]).Where(f => f.Code is not LintCode.SelectsHostNetwork || spec.Contains("host"));
    }

    private static Pod PodOf(string app, string address) => new()
    {
        Name = app,
        Namespace = "shop",
        Node = "n",
        Labels = LabelSet.Of(("app", app)),
        Addresses = [IPAddress.Parse(address)],
    };
}
