using System.Globalization;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Sandbox;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;

namespace Terway.Benchmarks.Cni;

/// <summary>What the native daemon holds in memory with 200 pods: on a sandbox's node, asked over its socket as the plugin asks.</summary>
internal static class DaemonMemory
{
    public const int Pods = 200;

    /// <summary>The daemon's default without the link /var/run, which seen from outside leads to the machine's own /run.</summary>
    private const string Socket = "/run/eni/eni.socket";

    /// <summary>Resident memory in MiB (VmRSS of proc(5)).</summary>
    /// <param name="networkPolicy">Whether the daemon enforces policy.</param>
    public static async Task<double> MeasureAsync(NodePrograms programs, bool networkPolicy)
    {
        var settings = new SandboxSettings
        {
            Nodes = ["node-1"],
            Programs = programs,
            Node = new NodeSettings { InstanceType = "ecs.g6.26xlarge", NetworkPolicy = networkPolicy },
        };
        await using var sandbox = await VpcSandbox.StartAsync(SandboxName.Unique("memory"), settings, _ => { }, CancellationToken.None);
        var node = sandbox.Nodes[0];
        for (int pod = 0; pod < Pods; pod++)
            Allocate(node.Holder.PathInside(Socket), $"web-{pod}");
        string line = File.ReadLines($"/proc/{node.Daemon!.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static void Allocate(string socket, string pod)
    {
        using var client = new DaemonClient(new DaemonClientOptions { SocketPath = socket, RequestId = $"bench-{pod}", Deadline = TimeSpan.FromSeconds(30) });
        client.Allocate(new AllocateRequest
        {
            Network = "terway",
            Attachment = new Attachment(pod, "eth0"),
            Pod = new PodIdentity("default", pod),
            NetNs = $"/run/netns/{pod}",
        });
    }
}
