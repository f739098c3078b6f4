using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>A pod's very first packet, sent as soon as its ADD has returned, gets the verdict of its policies: allowed ones arrive, denied ones do not.</summary>
public sealed class FirstPacketTests : IAsyncLifetime
{
    private const int Batches = 3;
    private const int PodsInABatch = 16;
    private const int AtOnce = 4;
    private const int Port = 8080;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Green pods may send to the open sink and nowhere else, mute ones nowhere.</summary>
    private const string Objects = """
        [{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "all", "namespace": "fresh"},
          "spec": {"podSelector": {}, "policyTypes": ["Egress"]}},
         {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "green", "namespace": "fresh"},
          "spec": {"podSelector": {"matchLabels": {"kind": "green"}}, "policyTypes": ["Egress"],
                   "egress": [{"to": [{"namespaceSelector": {}, "podSelector": {"matchLabels": {"sink": "open"}}}]}]}}]
        """;

    private VpcSandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new SandboxSettings
        {
            Programs = BuiltPrograms.Paths,
            Node = new NodeSettings { InstanceType = "ecs.g7.4xlarge", MinPoolSize = PodsInABatch, MaxPoolSize = 2 * PodsInABatch },
        };
        _sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("first"), settings, _ => { }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Leftovers.Find(_sandbox.Name).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Every_first_packet_gets_the_right_verdict()
    {
        await _sandbox.CreatePodsAsync([Sink("open", "node-1"), Sink("shut", "node-2")], CancellationToken.None);
        var (open, shut) = (AddressOf("open"), AddressOf("shut"));
        PodManifest[] fresh = [.. Enumerable.Range(0, Batches * PodsInABatch).Select(i => Fresh(i))];
        using var objects = JsonDocument.Parse(Objects);
        await _sandbox.GovernAsync(new([], [.. objects.RootElement.EnumerateArray(), .. fresh.Select(p => p.Written!.Value)], []), CancellationToken.None);

        List<string> wrong = [];
        foreach (var batch in fresh.Chunk(PodsInABatch))
            wrong.AddRange(await RunAsync(batch, open, shut));

        wrong.Should().BeEmpty();
    }

    private async Task<IEnumerable<string>> RunAsync(PodManifest[] batch, IPEndPoint open, IPEndPoint shut)
    {
        List<(Pod Pod, Socket ToOpen, Socket ToShut)> sent = [];
        List<string> wrong = [];
        await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (manifest, cancellationToken) =>
        {
            var pod = await Pod.CreateAsync(_sandbox.Name, manifest, _sandbox.FindNode(manifest.NodeName!), cancellationToken);
            var (toOpen, toShut) = (Send(pod, open), Send(pod, shut));
            lock (sent)
                sent.Add((pod, toOpen, toShut));
        });

        foreach (var (pod, toOpen, _) in sent.Where(s => IsGreen(s.Pod.Manifest)))
        {
            if (!await HasAnswerAsync(toOpen))
                wrong.Add($"{pod.Name}: its first packet to the open sink did not arrive");
        }

        // What was denied was sent before what has been answered since, so that its answer would be here.
        foreach (var (pod, toOpen, toShut) in sent)
        {
            if (toShut.Available > 0)
                wrong.Add($"{pod.Name}: its first packet to the shut sink arrived");
            if (!IsGreen(pod.Manifest) && toOpen.Available > 0)
                wrong.Add($"{pod.Name}: the first packet of a mute pod arrived");
            toOpen.Dispose();
            toShut.Dispose();
        }

        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (s, cancellationToken) => await s.Pod.DeleteAsync(cancellationToken));
        return wrong;
    }

    private static Socket Send(Pod pod, IPEndPoint to)
    {
        var socket = pod.Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        try
        {
            socket.SendTo("first"u8, to);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied)
        {
            // What a node denies of its own pods is dropped silently; a refusal would be as good.
        }

        return socket;
    }

    private static async Task<bool> HasAnswerAsync(Socket socket)
    {
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            return await socket.ReceiveAsync(new byte[16], bound.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsGreen(PodManifest pod) => pod.Written!.Value.GetProperty("metadata").GetProperty("labels").GetProperty("kind").GetString() == "green";

    private IPEndPoint AddressOf(string sink) => new(_sandbox.FindPod(new PodName("sinks", sink)).Address, Port);

    private static PodManifest Sink(string name, string node) => Manifest("sinks", name, node, $"{{\"sink\": \"{name}\"}}", [Port]);

    private static PodManifest Fresh(int number) => Manifest(
        "fresh", $"pod-{number}", number % 2 == 0 ? "node-1" : "node-2", number % 4 < 2 ? "{\"kind\": \"green\"}" : "{\"kind\": \"mute\"}", []);

    private static PodManifest Manifest(string podNamespace, string name, string node, string labels, ImmutableArray<int> ports)
    {
        var written = $$$"""{"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "{{{podNamespace}}}", "name": "{{{name}}}", "labels": {{{labels}}} }, "spec": {"nodeName": "{{{node}}}"}}""";
        using var document = JsonDocument.Parse(written);
        return new(new PodName(podNamespace, name), node, ports, HostNetwork: false) { Written = document.RootElement.Clone() };
    }
}
