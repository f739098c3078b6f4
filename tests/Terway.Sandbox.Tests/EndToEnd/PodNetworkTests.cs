using System.Net;
using System.Net.Sockets;
using Terway.Cloud;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Pods;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Tests.EndToEnd;

/// <summary>The native programs in a whole VPC: from the plugin's ADD to packets, and back to nothing.</summary>
public sealed class PodNetworkTests(RunningSandbox running) : IClassFixture<RunningSandbox>
{
    private static readonly CancellationToken None = CancellationToken.None;

    private VpcSandbox Sandbox => running.Sandbox;

    [Fact]
    public async Task Pods_nodes_and_the_VPC_reach_each_other_by_every_protocol()
    {
        var here = await running.CreateAsync(running.First);
        var beside = await running.CreateAsync(running.First);
        var there = await running.CreateAsync(running.Second);
        string[] sources = [here.Name, beside.Name, there.Name, "node/node-1", "node/node-2", "vpc"];
        var probes = sources.SelectMany(from => new[] { here, beside, there }.Where(to => to.Name != from).SelectMany(to => Enum.GetValues<ProbeProtocol>()
            .Select(protocol => new Probe { From = from, To = to.Name, Protocol = protocol, Port = protocol == ProbeProtocol.ICMP ? null : RunningSandbox.Port })));

        var results = await Sandbox.ProbeAsync([.. probes, .. PodsToHosts(here, there)], ProbeRunner.DefaultPatience, None);

        results.Where(r => r.Verdict != Verdict.Allow).Select(r => $"{r.From} -> {r.To} {r.Protocol}: {r.Reason}").Should().BeEmpty();
        results.Should().OnlyContain(r => r.RttMs > 0);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_denied_with_the_reason()
    {
        var pod = await running.CreateAsync(running.First);

        var results = await Sandbox.ProbeAsync([new Probe { From = "vpc", To = pod.Name, Protocol = ProbeProtocol.TCP, Port = 9 }], ProbeRunner.DefaultPatience, None);

        results[0].Verdict.Should().Be(Verdict.Deny);
        results[0].RttMs.Should().BeNull();
        results[0].Reason.Should().StartWith("refused");
    }

    [Fact]
    public async Task An_address_belongs_to_an_ENI_of_the_pods_node_and_both_daemons_show_their_own_pods()
    {
        Pod[] pods = [await running.CreateAsync(running.First), await running.CreateAsync(running.Second)];

        foreach (var pod in pods)
        {
            var eni = Sandbox.Cloud.OwnerOf(pod.Address);
            eni!.Type.Should().Be(EniType.Secondary);
            eni.Attachment!.InstanceId.Should().Be(pod.Node.Instance);
            (await pod.Node.Daemon!.ShowAsync("pods", "table", None)).Should().Contain(pod.Manifest.Name.Name).And.Contain(pod.Address.ToString());
        }

        DaemonAccount.Held(await running.First.Daemon!.ShowAsync("pods", "json", None)).Should().Contain(pods[0].Address).And.NotContain(pods[1].Address);
    }

    [Fact]
    public async Task Pods_get_addresses_of_their_own_while_calls_fail_as_the_control_endpoint_was_told()
    {
        using var http = new HttpClient();
        var faults = new Uri((await File.ReadAllTextAsync(Sandbox.Name.CloudControlFile, None)).Trim() + "/faults");
        using var rules = new StringContent("""
            [{"fault": "lose-reply", "action": "AssignPrivateIpAddresses", "times": 1},
             {"fault": "throttle", "action": "AssignPrivateIpAddresses", "times": 1}]
            """);
        (await http.PostAsync(faults, rules, None)).EnsureSuccessStatusCode();

        // More than the ready addresses and those of the first call, so that the pool has to assign more than once.
        var pods = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => running.CreateAsync(running.First)));
        var shown = await http.GetStringAsync(faults, None);
        await http.DeleteAsync(faults, None);
        var results = await Sandbox.ProbeAsync(
            [.. pods.Select(pod => new Probe { From = "vpc", To = pod.Name, Protocol = ProbeProtocol.TCP, Port = RunningSandbox.Port })], ProbeRunner.DefaultPatience, None);

        shown.Should().Contain("\"fired\": 1");
        pods.Select(p => p.Address).Should().OnlyHaveUniqueItems();
        results.Should().OnlyContain(r => r.Verdict == Verdict.Allow);
    }

    [Fact]
    public async Task A_daemon_that_is_killed_and_started_again_under_traffic_costs_no_packet_and_no_address()
    {
        const int wanted = 100;
        var from = await running.CreateAsync(running.First);
        var to = await running.CreateAsync(running.Second);
        await using var stream = await PacketStream.StartAsync(from, new IPEndPoint(to.Address, RunningSandbox.Port), TimeSpan.FromMilliseconds(3), None);

        // A restart may take less time than a few datagrams: as many restarts as it takes for a stream worth the name.
        const int mostRestarts = 20;
        for (var restarts = 0; restarts < mostRestarts && stream.Sent < wanted; restarts++)
        {
            foreach (var node in Sandbox.Nodes)
            {
                await node.Daemon!.KillAsync();
                await node.Daemon.StartAsync(None);
            }
        }

        await from.CheckAsync(None);
        var (sent, lost) = await stream.StopAsync();
        sent.Should().BeGreaterThanOrEqualTo(wanted);
        lost.Should().BeEmpty();
        DaemonAccount.Held(await running.First.Daemon!.ShowAsync("pods", "json", None)).Should().Contain(from.Address);
    }

    [Fact]
    public async Task CHECK_names_what_was_taken_away()
    {
        var pod = await running.CreateAsync(running.First);
        (await pod.Node.RunAsync(["ip", "rule", "delete", "from", pod.Address.ToString()], None)).Checked();

        var check = () => pod.CheckAsync(None);

        (await check.Should().ThrowAsync<CniException>()).Which.Message.Should().Contain(pod.Address.ToString());
        await Sandbox.DeletePodAsync(pod.Manifest.Name, None);
    }

    [Fact]
    public async Task DEL_works_twice_without_a_namespace_and_without_a_daemon()
    {
        var pod = await running.CreateAsync(running.Second);
        var attachment = pod.Attachment;
        await pod.Node.Daemon!.KillAsync();

        await pod.Node.Runtime.DeleteAsync(attachment, pod.Result, None);
        await pod.Node.Daemon.StartAsync(None);

        await UntilAsync(async () => !DaemonAccount.Held(await pod.Node.Daemon.ShowAsync("pods", "json", None)).Contains(pod.Address));
        await Sandbox.DeletePodAsync(pod.Manifest.Name, None);
        await pod.Node.Runtime.DeleteAsync(attachment with { NetworkNamespace = null }, null, None);
    }

    [Fact]
    public async Task GC_returns_what_no_valid_attachment_holds_and_keeps_the_rest()
    {
        var kept = await running.CreateAsync(running.First);
        var lost = await running.CreateAsync(running.First);
        var valid = Sandbox.Pods.Where(p => p.Node == running.First && p != lost).Select(p => p.Attachment);

        await running.First.Runtime.CollectGarbageAsync(valid, None);

        DaemonAccount.Held(await running.First.Daemon!.ShowAsync("pods", "json", None)).Should().Contain(kept.Address).And.NotContain(lost.Address);
        await kept.CheckAsync(None);
        await Sandbox.DeletePodAsync(lost.Manifest.Name, None);
    }

    [Fact]
    public async Task STATUS_says_whether_an_ADD_would_succeed()
    {
        await running.Second.Runtime.StatusAsync(None);
        await running.Second.Daemon!.KillAsync();

        var status = () => running.Second.Runtime.StatusAsync(None);

        (await status.Should().ThrowAsync<CniException>()).Which.Code.Should().BeOneOf(50u, 51u);
        await running.Second.Daemon.StartAsync(None);
        await running.Second.Runtime.StatusAsync(None);
    }

    [Fact]
    public async Task Many_pods_at_once_get_different_addresses_and_leave_nothing_on_their_nodes()
    {
        var manifests = Enumerable.Range(0, 24).Select(i => running.Manifest(Sandbox.Nodes[i % 2])).ToArray();

        await Sandbox.CreatePodsAsync(manifests, None);
        var pods = manifests.Select(m => Sandbox.FindPod(m.Name)).ToArray();
        pods.Select(p => p.Address).Should().OnlyHaveUniqueItems();
        await Sandbox.DeletePodsAsync(Sandbox.Pods.Select(p => p.Manifest.Name), None);

        foreach (var node in Sandbox.Nodes)
            (await NodeRemains.WaitUntilCleanAsync(node, None)).ToString().Should().BeEmpty();
        (await Sandbox.HeldAsync(None)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_metadata_service_knows_the_node_that_asks()
    {
        foreach (var node in Sandbox.Nodes)
        {
            using var client = ClientOn(node);
            (await client.GetStringAsync(new Uri("http://100.100.100.200/latest/meta-data/instance-id"))).Trim().Should().Be(node.Instance.Value);
        }
    }

    /// <summary>Speaks HTTP from inside a node: a socket stays in the namespace it was opened in.</summary>
    private static HttpClient ClientOn(Node node) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = node.Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private IEnumerable<Probe> PodsToHosts(params Pod[] pods) =>
        from pod in pods
        from host in Sandbox.Nodes.Append(Sandbox.VpcHost)
        select new Probe { From = pod.Name, To = host.Address.ToString(), Protocol = ProbeProtocol.ICMP };

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!await isTrue())
            await Task.Delay(50, bounded.Token);
    }
}
