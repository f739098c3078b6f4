using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

/// <summary>What is found and removed without any plan: emptied namespaces, stale rules, retired links.</summary>
public sealed class CleanupTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Emptied_namespace_keeps_only_loopback_and_links_of_foreign_kinds()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.IpBatch(pod.NetnsName, "link add br9 type bridge", "link set br9 up", "link add v1 type veth peer name v2", "link add ifb7 type ifb");
        using var target = pod.Open();

        PodNamespaceCleanup.Run(target).Should().Contain(["link del eth0", "link set br9 down", "link del ifb7"]);

        var links = Shell.Ip($"-n {pod.NetnsName} -brief link show").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        links.Should().HaveCount(2).And.Contain(line => line.StartsWith("lo ", StringComparison.Ordinal)).And.Contain(line => line.StartsWith("br9 ", StringComparison.Ordinal) && line.Contains("DOWN", StringComparison.Ordinal));
    }

    [Fact]
    public void Empty_namespace_is_fine()
    {
        var pod = _lab.AddPod(1);
        using var target = pod.Open();

        PodNamespaceCleanup.Run(target).Should().BeEmpty();
        PodNamespaceCleanup.Run(target).Should().BeEmpty();
    }

    [Fact]
    public void Sweep_removes_the_rules_of_dead_pods_and_no_others()
    {
        var dead = _lab.AddPod(1);
        var live = _lab.AddPod(2);
        live.Add();
        Shell.IpBatch(_lab.NodeName, "rule add from 10.0.0.200 lookup 77 pref 2048", "rule add to 10.0.0.0/24 lookup main pref 512");
        var before = KernelSnapshot.Of(_lab.NodeName);
        dead.Add();
        Shell.Ip($"-n {_lab.NodeName} link del {dead.HostLink}");
        using var node = RtNetlink.Open(_lab.Node);

        var removed = StaleRuleSweep.Remove(node, isOwned: _ => true, isLive: address => address.Equals(live.IPv4) || address.Equals(live.IPv6));

        removed.Should().HaveCount(4).And.Contain("rule 512: to 10.0.0.11/32 lookup main");
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    [Fact]
    public async Task Reaper_takes_at_start_what_was_left_and_on_request_what_comes()
    {
        var pods = new[] { _lab.AddPod(1), _lab.AddPod(2) };
        var before = KernelSnapshot.Of(_lab.NodeName);
        foreach (var pod in pods)
            pod.Add();
        pods[0].Delete(LinkDisposal.Deferred);
        using var node = RtNetlink.Open(_lab.Node);
        using var monitor = NetworkMonitor.Open(_lab.Node, NetworkChangeKinds.Links);
        using var stop = new CancellationTokenSource();
        var reaper = new LinkReaper(node, TimeProvider.System);

        var running = reaper.RunAsync(refusal => throw refusal, stop.Token);
        pods[1].Delete(LinkDisposal.Deferred);
        reaper.Request();
        reaper.Request();

        await RemovalsOf(monitor, OwnedObjects.RetiredLinkPrefix, count: 2);
        await stop.CancelAsync();
        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    private static async Task RemovalsOf(NetworkMonitor monitor, string prefix, int count)
    {
        var indexes = new HashSet<IfIndex>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var change in monitor.ReadAllAsync(patience.Token))
        {
            if (change is NetworkChange<LinkMessage> { Action: NetworkChangeAction.Removed, Message: var link } && link.Name!.StartsWith(prefix, StringComparison.Ordinal))
                indexes.Add(link.Index);
            if (indexes.Count == count)
                return;
        }
    }
}
