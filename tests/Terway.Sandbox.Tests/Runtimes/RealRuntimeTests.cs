using System.Net;
using System.Text.RegularExpressions;
using Terway.Sandbox.Machine;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Tests.EndToEnd;

namespace Terway.Sandbox.Tests.Runtimes;

/// <summary>Real container runtimes with our plugin: containers on two nodes reach each other, and leave nothing.</summary>
public sealed partial class RealRuntimeTests
{
    private const string Busybox = "/bin/busybox";
    private const int Port = 8080;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task Containerd_containers_on_two_nodes_reach_each_other_and_leave_nothing() => TellAsync(Containerd.StartAsync);

    [Fact]
    public Task Podman_containers_on_two_nodes_reach_each_other_and_leave_nothing() => TellAsync((sandbox, node) => Podman.StartAsync(sandbox, node, NetworkOf(node)));

    private static async Task TellAsync(Func<SandboxName, Node, Task<IContainerRuntime>> start)
    {
        var name = SandboxName.Unique("test");
        await using var sandbox = await VpcSandbox.StartAsync(name, new SandboxSettings { Programs = BuiltPrograms.Paths }, _ => { }, None);
        var id = name.Value[^6..];
        var (one, two) = ($"one-{id}", $"two-{id}");
        await using var first = await start(name, sandbox.Nodes[0]);
        await using var second = await start(name, sandbox.Nodes[1]);

        await first.RunAsync(one, Busybox, "nc", "-ll", "-p", "8080", "-e", Busybox, "cat");
        await second.RunAsync(two, Busybox, "nc", "-ll", "-p", "8080", "-e", Busybox, "cat");
        var (addressOfOne, addressOfTwo) = (await AddressAsync(first, one), await AddressAsync(second, two));
        sandbox.Cloud.OwnerOf(addressOfOne)!.Attachment!.InstanceId.Should().Be(sandbox.Nodes[0].Instance);
        sandbox.Cloud.OwnerOf(addressOfTwo)!.Attachment!.InstanceId.Should().Be(sandbox.Nodes[1].Instance);
        await ReachAsync(first, one, addressOfTwo);
        await ReachAsync(second, two, addressOfOne);
        Probe[] fromOutside = [.. new[] { addressOfOne, addressOfTwo }.Select(a => new Probe { From = "vpc", To = a.ToString(), Protocol = ProbeProtocol.TCP, Port = Port })];
        (await sandbox.ProbeAsync(fromOutside, ProbeRunner.DefaultPatience, None)).Should().OnlyContain(r => r.Verdict == Verdict.Allow);

        await first.DeleteAsync(one);
        await second.DeleteAsync(two);
        foreach (var node in sandbox.Nodes)
            (await NodeRemains.WaitUntilCleanAsync(node, None)).ToString().Should().BeEmpty();
        (await sandbox.HeldAsync(None)).Should().BeEmpty();
    }

    private static async Task ReachAsync(IContainerRuntime runtime, string container, IPAddress target)
    {
        (await runtime.ExecAsync(container, Busybox, "ping", "-c", "1", "-W", "2", target.ToString())).Checked();
        // Judged inside: what a short exec prints may be lost on its way through ctr, its exit code is not.
        (await runtime.ExecAsync(container, Busybox, "sh", "-c", $"[ \"$(echo hello | {Busybox} nc -w 2 {target} {Port})\" = hello ]")).Checked();
    }

    private static async Task<IPAddress> AddressAsync(IContainerRuntime runtime, string container)
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var shown = (await runtime.ExecAsync(container, Busybox, "ip", "address", "show", "dev", "eth0")).Checked().Output;
            if (Inet().Match(shown) is { Success: true } inet)
                return IPAddress.Parse(inet.Groups["address"].Value);
            await Task.Delay(50, bounded.Token);
        }
    }

    private static string NetworkOf(Node node) => CniNetworkConfig.Load(node.Holder.PathInside(CniRuntime.ConfigFolder)).Name;

    [GeneratedRegex(@"inet (?<address>[0-9.]+)/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inet();
}
