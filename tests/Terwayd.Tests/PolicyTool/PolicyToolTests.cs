using System.Text.Json.Nodes;
using Terwayd.CommandLine;
using Terwayd.PolicyTool;

namespace Terwayd.Tests.PolicyTool;

/// <summary>The commands by what goes in and what comes out.</summary>
public sealed class PolicyToolTests : IDisposable
{
    private const string Manifests = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {nodeName: node-1, containers: [{name: a, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, namespace: shop, labels: {app: client}}
        spec: {nodeName: node-2}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: kube-proxy, namespace: kube-system}
        spec: {nodeName: node-1, hostNetwork: true}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: other}}}]
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: http}]
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: no-metadata}
        spec:
          tier: kube-admin
          selector: app == 'client'
          types: [Egress]
          egress: [{action: Deny, destination: {nets: [100.100.100.200/32]}}]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_answer_repeats_its_probe_with_the_verdict_and_what_decided()
    {
        JsonArray answers = await EvalAsync(
            """{"from":"shop/client","to":"shop/web","protocol":"TCP","port":"http","why":["kept"]}""",
            """{"from":"shop/client","to":"shop/web","protocol":"TCP","port":8081}""",
            """{"from":"shop/client","to":"100.100.100.200","protocol":"TCP","port":80}""");

        answers.Select(a => (string?)a!["verdict"]).Should().Equal("allow", "deny", "deny");
        answers[0]!.ToJsonString().Should().Be(
            """{"from":"shop/client","to":"shop/web","protocol":"TCP","port":"http","why":["kept"],"verdict":"allow","egress":"default","ingress":{"tier":"default","policy":"shop/web","kind":"KubernetesNetworkPolicy","rule":1}}""");
        answers[1]!["ingress"]!.ToJsonString().Should().Be("""{"tier":"default","policy":"shop/web","kind":"KubernetesNetworkPolicy","rule":null,"isolatedBy":["shop/web"]}""");
        answers[2]!["egress"]!.ToJsonString().Should().Be("""{"tier":"kube-admin","policy":"no-metadata","kind":"GlobalNetworkPolicy","rule":0}""");
        answers[2]!["ingress"]!.ToJsonString().Should().Be("\"default\"");
    }

    [Theory]
    [InlineData("node/node-1", "shop/web", "TCP", "1", "allow")]
    [InlineData("node/node-2", "shop/web", "TCP", "1", "deny")]
    [InlineData("kube-system/kube-proxy", "shop/web", "ICMP", null, "allow")]
    [InlineData("vpc", "shop/web", "UDP", "53", "deny")]
    [InlineData("shop/web", "shop/web", "TCP", "9", "allow")]
    [InlineData("shop/web", "vpc", "SCTP", "9", "allow")]
    [InlineData("shop/web", "node/node-1", "47", null, "allow")]
    [InlineData("198.51.100.9", "shop/client", "udp", "9", "allow")]
    [InlineData("2001:db8::9", "shop/web", "ICMP", null, "deny")]
    [InlineData("shop/client", "10.0.128.1", "TCP", "8080", "allow")]
    [InlineData("10.0.0.11", "shop/web", "TCP", "1", "allow")]
    public async Task Ends_are_pods_nodes_the_vpc_and_addresses(string from, string to, string protocol, string? port, string verdict)
    {
        var probe = new JsonObject { ["from"] = from, ["to"] = to, ["protocol"] = protocol, ["port"] = port };

        (await EvalAsync(probe.ToJsonString()))[0]!["verdict"]!.ToString().Should().Be(verdict);
    }

    [Fact]
    public async Task All_that_is_wrong_with_probes_is_told_at_once()
    {
        var (code, output, errors) = await RunAsync(
            "eval", Probes(
                """{"from":"shop/nobody","to":"shop/web","protocol":"TCP","port":80}""",
                """{"from":"shop/client","to":"shop/web","protocol":"TCP"}""",
                """{"from":"shop/client","to":"shop/web","protocol":"TCP","port":"dns"}""",
                """{"from":"shop/client","to":"shop/web","protocol":"PIGEON"}""",
                """{"from":"10.0.0.1","to":"2001:db8::1","protocol":"ICMP"}"""));

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("ProbesInvalid: ").And.Contain("probe 0").And.Contain("'shop/nobody'; there are").And.Contain("shop/client")
            .And.Contain("probe 1").And.Contain("TCP needs a port").And.Contain("probe 2").And.Contain("nor the name of a TCP port of shop/web")
            .And.Contain("probe 3").And.Contain("PIGEON").And.Contain("probe 4").And.Contain("same version");
    }

    [Theory]
    [InlineData("""{"from":"a"}""", "no JSON array")]
    [InlineData("""[{"from":"a","protocol":"TCP"}]""", "probe 0: it has no 'to'")]
    [InlineData("""[3]""", "probe 0: it is no object")]
    [InlineData("""[{"from":["a"],"to":"b","protocol":"TCP"}]""", "'from' is neither")]
    [InlineData("""[""", "reading the probes")]
    public async Task A_file_that_holds_no_probes_is_refused(string text, string reason)
    {
        string file = _folder.Write("bad.json", text);

        var (code, _, errors) = await RunAsync("eval", file);

        code.Should().Be(1);
        errors.Should().StartWith("ProbesUnreadable: ").And.Contain(reason).And.Contain("bad.json");
    }

    [Fact]
    public async Task A_bad_object_is_told_and_the_rest_is_evaluated()
    {
        _folder.Write("bad.yaml", "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: bad}\nspec: {selector: '((('}\n");

        var (code, output, errors) = await RunAsync("eval", Probes("""{"from":"shop/client","to":"shop/web","protocol":"TCP","port":8080}"""));

        code.Should().Be(0);
        errors.Should().Contain("GlobalNetworkPolicy bad: spec.selector").And.Contain("bad.yaml");
        output.Should().Contain("allow");
    }

    [Fact]
    public async Task A_manifest_that_is_not_yaml_is_refused_with_its_place()
    {
        _folder.Write("bad.yaml", "kind: [Pod");

        var (code, _, errors) = await RunAsync("lint");

        code.Should().Be(1);
        errors.Should().StartWith("ManifestUnreadable: ").And.Contain("bad.yaml, line");
    }

    [Fact]
    public async Task A_table_has_a_row_for_each_probe()
    {
        var (_, output, _) = await RunAsync("eval", Probes("""{"from":"shop/client","to":"shop/web","protocol":"TCP","port":8081}"""));

        output.Split('\n')[1].Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Should().Equal("shop/client", "shop/web", "TCP", "8081", "deny", "default", "default: isolated by shop/web");
    }

    [Fact]
    public async Task An_explanation_names_what_was_asked_and_what_would_help()
    {
        var (code, output, _) = await RunAsync("explain", null, "--from", "shop/client", "--to", "shop/web", "--port", "81");

        code.Should().Be(0);
        output.Should().StartWith("shop/client (10.0.128.2) to shop/web (10.0.128.1), TCP port 81: denied\n")
            .And.Contain("egress of shop/client: allowed")
            .And.Contain("no rule of GlobalNetworkPolicy no-metadata in tier kube-admin matches it")
            .And.Contain("tier kube-admin passes on")
            .And.Contain("tier default denies what its policies leave undecided")
            .And.Contain("to allow it, a rule that matches this packet is needed").And.Contain("KubernetesNetworkPolicy shop/web");
    }

    [Fact]
    public async Task Lint_fails_where_something_is_found_and_says_what_in_both_forms()
    {
        var (code, output, _) = await RunAsync("lint", null, "--output", "json");
        var (_, text, _) = await RunAsync("lint");

        code.Should().Be(1);
        JsonNode.Parse(output)!.AsArray().Select(f => $"{f!["code"]} {f["policy"]} {f["field"]}").Should().Equal(
            "PeerMatchesNothing KubernetesNetworkPolicy shop/web spec.ingress[0].from[0]",
            "RuleNeverMatches KubernetesNetworkPolicy shop/web spec.ingress[0]");
        text.Should().Contain("KubernetesNetworkPolicy shop/web: spec.ingress[0].from[0]: PeerMatchesNothing").And.EndWith("2 found\n");
    }

    [Fact]
    public async Task Render_prints_the_ruleset_of_the_pods_that_are_named()
    {
        var (code, output, errors) = await RunAsync("render", null, "--endpoint", "shop/web=veth0", "shop/client");
        var (refused, _, reason) = await RunAsync("render", null, "--endpoint", "shop/nobody");

        (code, errors).Should().Be((0, ""));
        output.Should().Contain("table inet terway").And.Contain("veth0").And.Contain("cali").And.Contain("shop/web").And.Contain("10.0.128.2");
        refused.Should().Be(1);
        reason.Should().Contain("shop/nobody");
    }

    private async Task<JsonArray> EvalAsync(params string[] probes)
    {
        var (code, output, errors) = await RunAsync("eval", Probes(probes), "--output", "json");
        errors.Should().BeEmpty();
        code.Should().Be(0);
        return JsonNode.Parse(output)!.AsArray();
    }

    private string Probes(params string[] probes) => _folder.Write("probes.txt", $"[{string.Join(",", probes)}]");

    private async Task<(int Code, string Output, string Errors)> RunAsync(string command, string? probes = null, params string[] more)
    {
        _folder.Write("manifests.yaml", Manifests);
        using StringWriter output = new();
        using StringWriter errors = new();
        string[] asked = probes is null ? [] : ["--probes", probes];
        int code = await new TerwaydCommandLine(
            (_, _) => throw new InvalidOperationException("the daemon was asked to run"),
            (_, _) => throw new InvalidOperationException("the daemon was asked to show"),
            new PolicyCommandLine(
                new PolicyReasoning(output, errors),
                new PolicyCleanup(() => throw new InvalidOperationException("the kernel was asked"), output, errors),
                (_, _) => throw new InvalidOperationException("the daemon was asked to show")),
            output).InvokeAsync(["policy", command, "--manifests", _folder.Path, .. asked, .. more], CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
