using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

public sealed class TeardownTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Nothing_is_left_in_either_namespace()
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        pod.Add();

        pod.Delete();

        Snapshots(pod).Should().Be(before);
    }

    [Fact]
    public void Deferred_teardown_leaves_only_retired_links_and_the_reaper_takes_those()
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        pod.Add();

        pod.Delete(LinkDisposal.Deferred);

        LinkNames(_lab.NodeName).Should().NotContain(pod.HostLink);
        LinkNames(pod.NetnsName).Should().NotContain("eth0");
        Shell.Ip($"-n {_lab.NodeName} link show group {OwnedObjects.RetiredLinkGroup}").Should().Contain(OwnedObjects.RetiredLinkPrefix).And.NotContain("UP");
        Shell.Ip($"-n {_lab.NodeName} route show table all").Should().NotContain("10.0.0.11");
        Shell.Ip($"-n {_lab.NodeName} -6 route show table all").Should().NotContain("fd00:10::11");
        Shell.Ip($"-n {_lab.NodeName} rule show").Should().NotContain("10.0.0.11");
        Shell.Ip($"-n {_lab.NodeName} -6 rule show").Should().NotContain("fd00:10::11");
        Shell.Ip($"-n {pod.NetnsName} addr show").Should().NotContain("10.0.0.11").And.NotContain("fd00:10::11");
        Shell.Ip($"-n {pod.NetnsName} route show table all").Should().NotContain("169.254.1.1").And.NotContain("10.0.0.11");
        using var node = RtNetlink.Open(_lab.Node);
        LinkReaper.Reap(node).Should().BeTrue();
        LinkReaper.Reap(node).Should().BeFalse();
        Snapshots(pod).Should().Be(before);
    }

    [Fact]
    public void Next_pod_in_the_same_namespace_works_while_the_last_ones_link_still_waits_for_the_reaper()
    {
        var pod = _lab.AddPod(1);
        for (var round = 0; round < 5; round++)
        {
            pod.Add();
            Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv4, IPAddress.Parse("10.0.0.253"));
            Probe.UdpEcho(_lab.Node, pod.Netns, pod.IPv6, null);
            pod.Delete(LinkDisposal.Deferred);
        }
        pod.Add();
        using var target = pod.Open();

        LinkReaper.Reap(target.Node).Should().BeTrue();

        PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
        Probe.UdpEcho(_lab.Fabric, pod.Netns, pod.IPv4, IPAddress.Parse("10.0.0.253"));
    }

    [Fact]
    public void Second_teardown_finds_nothing_to_do()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        using var target = pod.Open();
        var teardown = new PodTeardown(target, LinkDisposal.Deferred);
        teardown.Remove(pod.Plan).Removed.Should().HaveCount(5);
        IReadOnlyList<string> seen = [];
        TeardownReport? second = null;

        seen = Notifications.During(_lab.NodeName, () => second = teardown.Remove(pod.Plan));

        second.Should().BeEquivalentTo(new { HasRetiredLinks = false });
        second!.Removed.Should().BeEmpty();
        seen.Should().BeEmpty();
    }

    [Theory]
    [InlineData(LinkDisposal.Immediate)]
    [InlineData(LinkDisposal.Deferred)]
    public void Teardowns_at_the_same_time_all_succeed(LinkDisposal disposal)
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        using var node = RtNetlink.Open(_lab.Node);
        for (var round = 0; round < 20; round++)
        {
            pod.Add();

            Parallel.For(0, 4, _ => pod.Delete(disposal));

            LinkReaper.Reap(node);
            Snapshots(pod).Should().Be(before);
        }
    }

    [Fact]
    public void Teardowns_by_name_at_the_same_time_all_succeed()
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        for (var round = 0; round < 20; round++)
        {
            pod.Add();

            Parallel.For(0, 4, _ =>
            {
                using var target = pod.Open();
                new PodTeardown(target).Remove(new PodAttachment("default", "web-1", "eth0"));
            });

            Snapshots(pod).Should().Be(before);
        }
    }

    [Fact]
    public void Teardown_before_the_pod_was_ever_made_finds_nothing_to_do()
    {
        var pod = _lab.AddPod(1);
        using var target = pod.Open();

        new PodTeardown(target).Remove(pod.Plan).Removed.Should().BeEmpty();
    }

    [Fact]
    public void Without_a_plan_the_name_is_enough_while_the_namespace_is_there()
    {
        var pod = _lab.AddPod(1);
        var before = Snapshots(pod);
        pod.Add();
        using var target = pod.Open();

        new PodTeardown(target).Remove(new PodAttachment("default", "web-1", "eth0"));

        Snapshots(pod).Should().Be(before);
    }

    [Theory]
    [InlineData(LinkDisposal.Immediate)]
    [InlineData(LinkDisposal.Deferred)]
    public void Without_the_namespace_the_rules_of_the_address_go(LinkDisposal disposal)
    {
        var before = KernelSnapshot.Of(_lab.NodeName);
        var pod = _lab.AddPod(1);
        pod.Add();
        _lab.Remove(pod);
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        new PodTeardown(target, disposal).Remove(new PodAttachment("default", "web-1", "eth0") { Addresses = [pod.IPv4, pod.IPv6] });

        LinkReaper.Reap(target.Node);
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    [Fact]
    public void Namespace_that_somebody_still_holds_loses_its_link_when_the_address_is_known()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        new PodTeardown(target).Remove(new PodAttachment("default", "web-1", "eth0") { Addresses = [pod.IPv4] });

        LinkNames(_lab.NodeName).Should().NotContain(pod.HostLink);
        LinkNames(pod.NetnsName).Should().NotContain("eth0");
    }

    [Fact]
    public void With_nothing_but_the_name_the_link_goes_only_if_no_newer_sandbox_can_own_it()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        var attachment = new PodAttachment("default", "web-1", "eth0");

        new PodTeardown(target).Remove(attachment).Removed.Should().BeEmpty();
        new PodTeardown(target).Remove(attachment with { IsNewestSandbox = true }).Removed.Should().HaveCount(5);

        Shell.Ip($"-n {_lab.NodeName} rule show").Should().NotContain("10.0.0.11");
    }

    [Fact]
    public void Late_teardown_of_an_old_sandbox_leaves_the_new_one_alone()
    {
        var old = _lab.AddPod(1);
        old.Add();
        var renewed = _lab.AddPod(2) with { Number = 1 };
        renewed.Add();

        old.Delete(LinkDisposal.Deferred);

        using var target = renewed.Open();
        PlanChecker.Check(renewed.Plan, target).Should().BeEmpty();
    }

    [Fact]
    public void Late_teardown_leaves_the_rules_of_an_address_that_another_pod_has_by_now()
    {
        var former = _lab.AddPod(1);
        former.Add();
        var formerPlan = former.Plan;
        former.Delete();
        var pod = _lab.AddPod(2) with { IPv4 = former.IPv4, IPv6 = former.IPv6 };
        pod.Add();
        using var late = former.Open();

        new PodTeardown(late).Remove(formerPlan).Removed.Should().BeEmpty();

        using var target = pod.Open();
        PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
    }

    [Fact]
    public void Other_interfaces_of_the_namespace_are_left_alone()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.IpBatch(pod.NetnsName, "link add other type bridge", "addr add 172.16.0.1/24 dev other", "link set other up");
        var before = Shell.Ip($"-n {pod.NetnsName} -brief addr show dev other");

        pod.Delete(LinkDisposal.Deferred);

        Shell.Ip($"-n {pod.NetnsName} -brief addr show dev other").Should().Be(before);
    }

    [Fact]
    public void Enis_side_stays_for_the_other_pods()
    {
        var first = _lab.AddPod(1);
        var second = _lab.AddPod(2);
        first.Add();
        second.Add();

        first.Delete();

        Probe.UdpEcho(_lab.Fabric, second.Netns, second.IPv4, IPAddress.Parse("10.0.0.253"));
    }

    [Fact]
    public void Eni_that_is_gone_does_not_matter()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        Shell.Ip($"-n {_lab.NodeName} link del eth1");

        pod.Delete();

        Shell.Ip($"-n {_lab.NodeName} rule show").Should().NotContain("10.0.0.11");
        LinkNames(_lab.NodeName).Should().NotContain(pod.HostLink);
    }

    [Fact]
    public void Thirty_retired_pairs_go_in_one_round()
    {
        var before = KernelSnapshot.Of(_lab.NodeName);
        var pods = Enumerable.Range(1, 30).Select(_lab.AddPod).ToList();
        foreach (var pod in pods)
            pod.Add(pod.PlanIPv4);
        Parallel.ForEach(pods, pod => pod.Delete(LinkDisposal.Deferred));
        using var node = RtNetlink.Open(_lab.Node);

        LinkReaper.Reap(node).Should().BeTrue();

        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    private (string Node, string Pod) Snapshots(LabPod pod) => (KernelSnapshot.Of(_lab.NodeName), KernelSnapshot.Of(pod.NetnsName));

    private static IReadOnlyList<string> LinkNames(string netns) =>
        [.. Shell.Ip($"-n {netns} -brief link show").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', '@')[0])];
}
