using System.Text.Json;
using System.Text.Json.Nodes;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>The policies of manifests in a whole VPC: packets answer what the reasoning answers, also after a change.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private const string Pods = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: lab, labels: {team: red}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {nodeName: node-1, containers: [{name: a, ports: [{name: http, containerPort: 8080}, {containerPort: 9090}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, namespace: shop, labels: {app: db}}
        spec: {nodeName: node-2, containers: [{name: a, ports: [{name: sql, containerPort: 5432}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: beside, namespace: lab, labels: {app: client}}
        spec: {nodeName: node-1, containers: [{name: a, ports: [{containerPort: 7070}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: across, namespace: lab, labels: {app: client, role: admin}}
        spec: {nodeName: node-2, containers: [{name: a, ports: [{containerPort: 7070}]}]}
        """;

    private const string Policies = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress, Egress]
          ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{namespaceSelector: {matchLabels: {team: red}}, podSelector: {matchLabels: {role: admin}}}]
          - ports: [{port: http}]
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: no-lab-talk}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: lab}}}
          egress: [{action: Deny, to: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: client}}}}], protocols: [{udp: {}}]}]
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: closed-to-the-vpc}
        spec: {tier: kube-baseline, selector: app == 'client', types: [Ingress], ingress: [{action: Deny, source: {nets: [10.0.1.0/29, 10.0.0.10/32]}}]}
        """;

    private readonly TemporaryFolder _folder = new();
    private VpcSandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(_folder.File("pods.yaml"), Pods);
        File.WriteAllText(_folder.File("policies.yaml"), Policies);
        _sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("policy"), new SandboxSettings { Programs = BuiltPrograms.Paths }, _ => { }, CancellationToken.None);
        var content = ManifestReader.ReadFolder(_folder.Path);
        content.Problems.Should().BeEmpty();
        await _sandbox.GovernAsync(content, CancellationToken.None);
        await _sandbox.CreatePodsAsync(content.Pods, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
            Leftovers.Find(_sandbox.Name).IsEmpty.Should().BeTrue();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Packets_answer_what_reasoning_answers_before_and_after_a_change()
    {
        var before = await CompareAsync();
        before.Should().Contain("shop/web -> shop/db TCP sql: allow").And.Contain("lab/beside -> shop/db TCP sql: deny")
            .And.Contain("lab/across -> shop/web TCP 9090: allow").And.Contain("lab/beside -> shop/web TCP 9090: deny")
            .And.Contain("lab/beside -> lab/across UDP 7070: deny").And.Contain("lab/beside -> lab/across TCP 7070: allow")
            .And.Contain("node/node-1 -> shop/web TCP 9090: allow").And.Contain("node/node-2 -> shop/web TCP 9090: deny");

        await using var followed = new FollowedFolders(_sandbox.GovernAsync, _ => { });
        followed.Add(_folder.Path);
        File.WriteAllText(_folder.File("policies.yaml"), Policies.Replace("{app: web}}}], ports: [{port: sql}]", "{app: web}}}, {namespaceSelector: {}}]").Replace("types: [Ingress]", "types: [Egress]"));
        await followed.RefreshAsync(CancellationToken.None);

        (await CompareAsync()).Should().Contain("lab/beside -> shop/db TCP sql: allow");
        File.Delete(_folder.File("policies.yaml"));
        await followed.RefreshAsync(CancellationToken.None);
        (await CompareAsync()).Should().OnlyContain(line => line.EndsWith(": allow"), "without policies every pod is open");
    }

    /// <summary>Asks both ways about every pair, and returns the answers that agree.</summary>
    private async Task<IReadOnlyList<string>> CompareAsync()
    {
        string[] pods = ["shop/web", "shop/db", "lab/beside", "lab/across"];
        (string To, ProbePort Port)[] ports = [("shop/web", new(0, "http")), ("shop/web", 9090), ("shop/db", new(0, "sql")), ("lab/beside", 7070), ("lab/across", 7070)];
        Probe[] probes =
        [
            .. from source in (string[])[.. pods, "node/node-1", "node/node-2"]
               from target in ports
               where source != target.To
               from protocol in target.Port.Name is null ? [ProbeProtocol.TCP, ProbeProtocol.UDP] : (ProbeProtocol[])[ProbeProtocol.TCP]
               select new Probe { From = source, To = target.To, Protocol = protocol, Port = target.Port },
            .. from source in pods from target in pods where source != target select new Probe { From = source, To = target, Protocol = ProbeProtocol.ICMP },
        ];

        var sent = await _sandbox.ProbeAsync(probes, TimeSpan.FromSeconds(2), CancellationToken.None);
        var reasoned = await EvaluateAsync(probes);

        var answers = sent.Select(r => $"{r.From} -> {r.To} {r.Protocol} {r.Port}: {(r.Verdict == Verdict.Allow ? "allow" : "deny")}").ToList();
        answers.Should().Equal(reasoned);
        return answers;
    }

    private async Task<IReadOnlyList<string>> EvaluateAsync(Probe[] probes)
    {
        using var asked = new TemporaryFolder();
        File.WriteAllText(asked.File("probes.txt"), JsonSerializer.Serialize(probes, ProbeJson.Default.ProbeArray));
        var done = await HostCommand.RunAsync(
            _sandbox.Name, [BuiltPrograms.Paths.Daemon, "policy", "eval", "--manifests", _folder.Path, "--probes", asked.File("probes.txt"), "--output", "json"], CancellationToken.None);
        return [.. JsonNode.Parse(done.Checked().Output)!.AsArray().Select(r => $"{r!["from"]} -> {r["to"]} {r["protocol"]} {r["port"]}: {r["verdict"]}")];
    }
}
