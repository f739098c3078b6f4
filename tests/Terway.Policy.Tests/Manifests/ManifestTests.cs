using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Terway.Policy.Manifests;

public sealed class ManifestTests
{
    private const string Policies = """
        [
          {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"k","namespace":"x"},"spec":{"podSelector":{"matchLabels":{"app":"web"}},"policyTypes":["Ingress","Egress"],
            "ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["10.1.0.0/16"]}},{"podSelector":{},"namespaceSelector":null}],"ports":[{"port":80},{"port":"http","protocol":"UDP"},{"port":1,"endPort":9}]}],"egress":null}},
          {"apiVersion":"projectcalico.org/v3","kind":"GlobalNetworkPolicy","metadata":{"name":"g"},"spec":{"tier":"t","order":5.5,"selector":"has(a)","namespaceSelector":"b == 'c'","types":["Egress"],
            "egress":[{"action":"Deny","protocol":"ICMP","icmp":{"type":8,"code":0}},{"action":"Pass","protocol":6,"destination":{"nets":["10.0.0.1"],"ports":[80,"1:9"],"notPorts":["web"]},"source":{"serviceAccounts":{"names":["s"],"selector":"x == 'y'"}}}]}},
          {"apiVersion":"crd.projectcalico.org/v1","kind":"NetworkSet","metadata":{"name":"s","namespace":"x","labels":{"a":"b"}},"spec":{"nets":["10.0.0.5/8","2001:db8::1"]}},
          {"apiVersion":"projectcalico.org/v3","kind":"Tier","metadata":{"name":"t"},"spec":{"order":3,"defaultAction":"Pass"}},
          {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"app":"web"}},"spec":{"nodeName":"n","containers":[{"ports":[{"name":"http","containerPort":80}]}],"initContainers":[{"ports":[{"name":"dns","containerPort":53,"protocol":"UDP"}]}]},"status":{"podIPs":[{"ip":"10.0.0.1"},{"ip":"2001:db8::1"}]}},
          {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"}}
        ]
        """;

    [Fact]
    public void A_manifest_of_all_kinds_is_read_in_full()
    {
        Manifest manifest = Manifest.Read(Policies);

        manifest.Problems.Should().BeEmpty();
        manifest.Resources.Select(r => r.Key.ToString()).Should().Equal(
            "KubernetesNetworkPolicy x/k", "GlobalNetworkPolicy g", "NetworkSet x/s", "Tier t", "Pod default/p");
        CalicoPolicy global = (CalicoPolicy)manifest.Resources[1];
        global.Order.Should().Be(5.5);
        global.Directions.Should().Be(PolicyDirections.Egress);
        global.Egress[0].Icmp.Should().Be(new IcmpMatch(8, 0));
        global.Egress[1].Destination.Ports.Should().Equal(PortMatch.Number(80, 80), PortMatch.Number(1, 9));
        ((NetworkSet)manifest.Resources[2]).Nets.Select(n => n.ToString()).Should().Equal("10.0.0.0/8", "2001:db8::1/128");
        Pod pod = (Pod)manifest.Resources[4];
        pod.IsEndpoint.Should().BeTrue();
        pod.ServiceAccount.Should().Be("default");
        pod.Ports.Should().Equal(new NamedPort("http", IpProtocol.Tcp, 80), new NamedPort("dns", IpProtocol.Udp, 53));
        Manifest.Read(Policies).Resources.Should().Equal(manifest.Resources, "what is read is compared by value");
    }

    [Theory]
    [InlineData("""{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0/8"}}]}]}""", "spec.ingress[0].from[0].ipBlock.cidr", "not an address block")]
    [InlineData("""{"podSelector":{},"ingress":[{"from":[{}]}]}""", "spec.ingress[0].from[0]", "must specify a peer")]
    [InlineData("""{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"},"podSelector":{}}]}]}""", "spec.ingress[0].from[0]", "excludes")]
    [InlineData("""{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["10.0.0.0/8"]}}]}]}""", "spec.ingress[0].from[0].ipBlock.except[0]", "strictly inside")]
    [InlineData("""{"podSelector":{},"ingress":[{"ports":[{"port":0}]}]}""", "spec.ingress[0].ports[0].port", "1 to 65535")]
    [InlineData("""{"podSelector":{},"ingress":[{"ports":[{"port":9,"endPort":8}]}]}""", "spec.ingress[0].ports[0]", "below")]
    [InlineData("""{"podSelector":{},"ingress":[{"ports":[{"port":"http","endPort":8}]}]}""", "spec.ingress[0].ports[0]", "number")]
    [InlineData("""{"podSelector":{},"ingress":[{"ports":[{"protocol":"tcp"}]}]}""", "spec.ingress[0].ports[0]", "TCP, UDP or SCTP")]
    [InlineData("""{"podSelector":{},"ingress":[{"from":[{"podSelector":{"matchExpressions":[{"key":"a","operator":"In"}]}}]}]}""", "spec.ingress[0].from[0].podSelector.matchExpressions[0]", "needs a value")]
    public void A_bad_part_of_a_kubernetes_policy_allows_less_and_never_more(string spec, string field, string reason)
    {
        Manifest manifest = Manifest.Read($$"""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"k","namespace":"x"},"spec":{{spec}}}""");

        ResourceProblem problem = manifest.Problems.Should().ContainSingle().Subject;
        problem.Should().BeEquivalentTo(new { Subject = "NetworkPolicy x/k", Field = field, Effect = ProblemEffect.PartIgnored });
        problem.Reason.Should().Contain(reason);
        KubernetesNetworkPolicy policy = (KubernetesNetworkPolicy)manifest.Resources.Single();
        policy.Directions.Should().Be(PolicyDirections.Ingress);
        policy.Ingress.Should().Equal([KubernetesRule.Void], "the pod stays isolated, and nothing is allowed that nobody wrote");
    }

    [Theory]
    [InlineData("""{"selector":"a = 'b'"}""", "spec.selector", "operator")]
    [InlineData("""{"selector":"global()"}""", "spec.selector", "global()")]
    [InlineData("""{"types":["ingress"]}""", "spec.types[0]", "Ingress or Egress")]
    [InlineData("""{"ingress":[{"action":"allow"}]}""", "spec.ingress[0]", "action")]
    [InlineData("""{"ingress":[{"action":"Allow","destination":{"ports":[80]}}]}""", "spec.ingress[0].destination.ports[0]", "needs the protocol")]
    [InlineData("""{"ingress":[{"action":"Allow","protocol":"TCP","destination":{"ports":["9:1"]}}]}""", "spec.ingress[0].destination.ports[0]", "not a port")]
    [InlineData("""{"ingress":[{"action":"Allow","source":{"nets":["10.0.0.0/8"]},"destination":{"notNets":["2001:db8::/32"]}}]}""", "spec.ingress[0]", "one version")]
    [InlineData("""{"ingress":[{"action":"Allow","source":{"notNets":["0.0.0.0/0"]}}]}""", "spec.ingress[0].source.notNets", "every address")]
    [InlineData("""{"ingress":[{"action":"Allow","icmp":{"type":8}}]}""", "spec.ingress[0].icmp", "ICMP")]
    [InlineData("""{"ingress":[{"action":"Deny","http":{}}]}""", "spec.ingress[0].http", "allow")]
    [InlineData("""{"doNotTrack":true}""", "spec", "applyOnForward")]
    public void A_bad_calico_policy_is_refused_and_names_the_field(string spec, string field, string reason)
    {
        Manifest manifest = Manifest.Read($$$"""[{"apiVersion":"projectcalico.org/v3","kind":"GlobalNetworkPolicy","metadata":{"name":"bad"},"spec":{{{spec}}}}, {"apiVersion":"projectcalico.org/v3","kind":"Tier","metadata":{"name":"good"}}]""");

        ResourceProblem problem = manifest.Problems.Should().ContainSingle().Subject;
        problem.Should().BeEquivalentTo(new { Subject = "GlobalNetworkPolicy bad", Field = field, Effect = ProblemEffect.ObjectRefused });
        problem.Reason.Should().Contain(reason);
        manifest.Resources.Select(r => r.Name).Should().Equal("good");
    }

    [Fact]
    public void All_problems_of_an_object_are_gathered() => Manifest.Read("""
        {"apiVersion":"projectcalico.org/v3","kind":"GlobalNetworkPolicy","metadata":{"name":"bad"},"spec":{"order":"x","selector":"(","ingress":[{"action":"Allow","protocol":"X"},7]}}
        """).Problems.Select(p => p.Field).Distinct().Should().BeEquivalentTo("spec.order", "spec.selector", "spec.ingress[0].protocol", "spec.ingress[1]");

    [Theory]
    [InlineData("""{"phase":"Succeeded","podIP":"10.0.0.1"}""", "{}", false)]
    [InlineData("""{"phase":"Running","podIP":"10.0.0.1"}""", "{}", true)]
    [InlineData("""{"phase":"Running"}""", "{}", false)]
    [InlineData("""{}""", """{"annotations":{"k8s.aliyun.com/pod-ips":"10.0.0.1,2001:db8::1"}}""", true)]
    [InlineData("""{"podIP":"10.0.0.1"}""", """{"deletionTimestamp":"2026-01-01T00:00:00Z"}""", true)]
    [InlineData("""{"podIP":"10.0.0.1"}""", """{"deletionTimestamp":"2026-01-01T00:00:00Z","annotations":{"cni.projectcalico.org/podIP":""}}""", false)]
    public void A_pod_is_an_endpoint_while_it_has_an_address_and_is_not_finished(string status, string metadata, bool expected)
    {
        string named = metadata.Length > 2 ? metadata.Insert(1, "\"name\":\"p\",") : """{"name":"p"}""";
        Pod pod = (Pod)Manifest.Read($$"""{"apiVersion":"v1","kind":"Pod","metadata":{{named}},"spec":{"nodeName":"n"},"status":{{status}}}""").Resources.Single();

        pod.IsEndpoint.Should().Be(expected);
    }

    [Fact]
    public void No_json_of_any_shape_makes_reading_fail()
    {
        string[] atoms = ["null", "7", "-1", "\"x\"", "[]", "{}", "true", "[null]", "1e99"];
        string[] pieces = [.. System.Text.RegularExpressions.Regex.Matches(Policies, "\"[^\"]*\"|[0-9.]+|\\{\\}|\\[\\]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value).Distinct()];
        Gen<(int, int)> mutations = Gen.Choose(0, pieces.Length - 1).Zip(Gen.Choose(0, atoms.Length - 1)).Select(t => (t.Item1, t.Item2));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(mutations.ToArbitrary(), mutation =>
        {
            string mutated = Policies.Replace(pieces[mutation.Item1], atoms[mutation.Item2], StringComparison.Ordinal);
            try
            {
                return Manifest.Read(mutated).Problems.All(p => p.Field.Length > 0 && p.Reason.Length > 0);
            }
            catch (JsonException)
            {
                return true;
            }
        }));
    }
}
