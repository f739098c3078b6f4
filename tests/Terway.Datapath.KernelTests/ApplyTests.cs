using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

public sealed class ApplyTests : IDisposable
{
    private readonly NodeLab _lab = new NodeLab().Prepare();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void First_application_reports_every_planned_object()
    {
        var pod = _lab.AddPod(1);

        var report = pod.Add();

        report.Changes.Select(change => change.ToString()).Should().Contain(
        [
            $"link {pod.HostLink} address {pod.Plan.Node.Links[0].Mac} mtu 1500 up type veth peer eth0 missing",
            "pod: addr 10.0.0.11/32 dev eth0 scope global missing",
            "pod: route default via 169.254.1.1 dev eth0 onlink missing",
            $"rule 2048: from 10.0.0.11/32 lookup {_lab.Eni.Table} missing",
        ]);
    }

    [Fact]
    public void One_thread_can_do_all_of_it_and_ends_where_it_began()
    {
        var pod = _lab.AddPod(1);
        IReadOnlyList<PlanDifference> differences = [];
        NetworkNamespaceId? after = null;

        _lab.Node.Run(() =>
        {
            using var target = PlanTarget.OpenOnThisThread(pod.Netns);
            new PlanApplier(target).Apply(pod.Plan);
            differences = PlanChecker.Check(pod.Plan, target);
            using var current = NetworkNamespace.OpenCurrent();
            after = current.Id;
        });

        differences.Should().BeEmpty();
        after.Should().Be(_lab.Node.Id);
    }

    [Fact]
    public void Second_application_changes_nothing_and_the_kernel_notifies_nobody()
    {
        var pod = _lab.AddPod(1);
        pod.Add();
        ApplyReport? second = null;
        IReadOnlyList<string> seenInPod = [];

        var seenInNode = Notifications.During(_lab.NodeName, () => seenInPod = Notifications.During(pod.NetnsName, () => second = pod.Add()));

        second!.IsUnchanged.Should().BeTrue(string.Join('\n', second.Changes));
        seenInNode.Should().BeEmpty();
        seenInPod.Should().BeEmpty();
    }

    [Fact]
    public void Second_application_of_the_enis_side_changes_nothing()
    {
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        ApplyReport? second = null;

        var seen = Notifications.During(_lab.NodeName, () => second = new PlanApplier(target).Apply(NodePlanner.PlanEni(_lab.EniNetwork, NodeLab.Facts)));

        second!.Changes.Should().BeEmpty();
        seen.Should().BeEmpty();
        new PlanApplier(target).Apply(NodePlanner.PlanNode(NodeLab.Facts)).IsUnchanged.Should().BeTrue();
    }

    [Fact]
    public void Kernel_has_exactly_what_ip_would_have_made()
    {
        var pod = _lab.AddPod(1);
        pod.Add();

        Shell.Ip($"-n {_lab.NodeName} rule show pref 512").Trim().Should().Be("512:\tfrom all to 10.0.0.11 lookup main");
        Shell.Ip($"-n {_lab.NodeName} rule show pref 2048").Trim().Should().Be($"2048:\tfrom 10.0.0.11 lookup {_lab.Eni.Table}");
        Shell.Ip($"-n {_lab.NodeName} route show dev {pod.HostLink}").Trim().Should().Be("10.0.0.11 scope link");
        Shell.Ip($"-n {_lab.NodeName} route show table {_lab.Eni.Table}").Trim().Should().Be("default via 10.0.0.253 dev eth1 onlink");
        Shell.Ip($"-n {_lab.NodeName} -4 addr show dev {pod.HostLink}").Should().BeEmpty("the host end has no IPv4 address");
        Shell.Ip($"-n {_lab.NodeName} -4 -brief addr show dev eth1").Should().Contain("10.0.0.2/32");
        Shell.Ip($"-n {pod.NetnsName} route show").Trim().Should().Be("default via 169.254.1.1 dev eth0 onlink");
        Shell.Ip($"-n {pod.NetnsName} -4 -brief addr show dev eth0").Should().Contain("10.0.0.11/32");
        Shell.Ip($"-n {pod.NetnsName} neigh show").Should().Contain($"169.254.1.1 dev eth0 lladdr {pod.Plan.Node.Links[0].Mac} PERMANENT");
    }

    [Fact]
    public void Mtu_is_set_at_both_ends_and_changed_by_a_new_plan()
    {
        var pod = _lab.AddPod(1);
        pod.Add(PolicyRoutePlanner.Plan(pod.Request with { Mtu = 1400 }, _lab.Eni));

        var report = pod.Add();

        report.Changes.Select(change => change.ToString()).Should().HaveCount(2).And.OnlyContain(line => line.EndsWith("is mtu 1400", StringComparison.Ordinal));
        Shell.Ip($"-n {pod.NetnsName} link show eth0").Should().Contain("mtu 1500");
        Shell.Ip($"-n {_lab.NodeName} link show {pod.HostLink}").Should().Contain("mtu 1500");
    }

    [Fact]
    public void Thirty_two_pods_at_once_are_all_made_and_all_taken_away()
    {
        var before = KernelSnapshot.Of(_lab.NodeName);
        var pods = Enumerable.Range(1, 32).Select(_lab.AddPod).ToList();

        Parallel.ForEach(pods, new ParallelOptions { MaxDegreeOfParallelism = 32 }, pod => pod.Add());

        foreach (var pod in pods)
        {
            using var target = pod.Open();
            PlanChecker.Check(pod.Plan, target).Should().BeEmpty();
        }
        Probe.UdpEcho(pods[0].Netns, pods[31].Netns, pods[31].IPv4, pods[0].IPv4);
        Parallel.ForEach(pods, new ParallelOptions { MaxDegreeOfParallelism = 32 }, pod => pod.Delete());
        KernelSnapshot.Of(_lab.NodeName).Should().Be(before);
    }

    [Fact]
    public void Enis_of_one_vswitch_share_its_gateway_and_leave_each_others_side_alone()
    {
        Shell.Ip($"-n {_lab.NodeName} link add eth2 address 00:16:3e:00:00:12 type veth peer name wire2");
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        var applier = new PlanApplier(target);
        var other = EniLinkFinder.Find(target.Node, MacAddress.Parse("00:16:3e:00:00:12"))!;
        NetworkPlan[] plans =
        [
            NodePlanner.PlanEni(_lab.EniNetwork, NodeLab.Facts),
            NodePlanner.PlanEni(_lab.EniNetwork with { Link = other }, NodeLab.Facts),
        ];

        applier.Apply(plans[1]);

        plans.SelectMany(plan => PlanChecker.Check(plan, target)).Should().BeEmpty();
        foreach (var table in new[] { _lab.Eni.Table, other.Table })
            Shell.Ip($"-n {_lab.NodeName} -6 route flush table {table}");
        foreach (var plan in plans)
            applier.Apply(plan).Changes.Should().ContainSingle("only the table's default route is missing");
        plans.SelectMany(plan => PlanChecker.Check(plan, target)).Should().BeEmpty();
    }

    [Fact]
    public void Node_is_no_pod()
    {
        var open = () => PlanTarget.Open(_lab.Node, _lab.Node);
        var openCurrent = () =>
        {
            using var current = NetworkNamespace.OpenCurrent();
            PlanTarget.Open(current);
        };

        open.Should().Throw<ArgumentException>().WithMessage("*the node's own*");
        openCurrent.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Eni_that_was_detached_after_planning_is_named()
    {
        var plan = NodePlanner.PlanEni(_lab.EniNetwork, NodeLab.Facts);
        Shell.Ip($"-n {_lab.NodeName} link del eth1");
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        var applying = () => new PlanApplier(target).Apply(plan);

        applying.Should().Throw<DatapathException>().Where(e => e.Error == DatapathError.EniNotFound).WithMessage("*eth1*");
    }
}
