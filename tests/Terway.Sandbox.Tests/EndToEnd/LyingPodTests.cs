using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>A pod that sends from an address that is not its own is caught by whoever sees the packet first, and counted there.</summary>
public sealed partial class LyingPodTests
{
    private const int Lies = 5;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly IPAddress Foreign = IPAddress.Parse("10.0.2.200");

    [Fact]
    public async Task The_VPC_drops_and_counts_what_a_pod_sends_from_a_foreign_address()
    {
        await using var sandbox = await StartAsync(networkPolicy: false);

        await LieAsync(sandbox);

        var dropped = await sandbox.Fabric.UntilSpoofedAsync(Lies, None);
        dropped.Should().ContainSingle().Which.Should().Match<SpoofedPackets>(d => d.Source.Equals(Foreign) && d.Packets == Lies);
    }

    [Fact]
    public async Task A_node_that_enforces_policy_drops_and_counts_it_before_the_VPC()
    {
        await using var sandbox = await StartAsync(networkPolicy: true);

        await LieAsync(sandbox);

        (await UntilCountedAsync(sandbox.Nodes[0])).Should().Be(Lies);
        (await sandbox.Fabric.SpoofedAsync(None)).Should().BeEmpty();
    }

    private static Task<VpcSandbox> StartAsync(bool networkPolicy) => VpcSandbox.StartAsync(
        SandboxName.Unique("liar"),
        new SandboxSettings { Nodes = ["node-1"], Programs = BuiltPrograms.Paths, Node = new NodeSettings { NetworkPolicy = networkPolicy } },
        _ => { },
        None);

    private static async Task LieAsync(VpcSandbox sandbox)
    {
        var name = new PodName("test", "liar");
        await sandbox.CreatePodsAsync([new PodManifest(name, "node-1", [], HostNetwork: false)], None);
        var pod = sandbox.FindPod(name);
        (await pod.Holder.RunAsync(["ip", "address", "add", $"{Foreign}/32", "dev", "lo"], None)).Checked();
        using var socket = pod.Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Bind(new IPEndPoint(Foreign, 0));
        for (var i = 0; i < Lies; i++)
            await socket.SendToAsync(new byte[1], new IPEndPoint(sandbox.VpcHost.Address, 1), None);
    }

    /// <summary>A packet that was sent may still be on its way through the kernel.</summary>
    private static async Task<int> UntilCountedAsync(Node node)
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (await CountedAsync(node) < Lies)
            await Task.Delay(20, bounded.Token);
        return await CountedAsync(node);
    }

    private static async Task<int> CountedAsync(Node node)
    {
        var table = (await node.RunAsync(["nft", "list", "table", "inet", "terway"], None)).Checked().Output;
        return CounterOfLies().Matches(table).Sum(m => int.Parse(m.Groups["packets"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("counter packets (?<packets>[0-9]+) bytes [0-9]+ drop comment \"not the pod's address\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CounterOfLies();
}
