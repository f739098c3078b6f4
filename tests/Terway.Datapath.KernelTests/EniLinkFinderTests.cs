using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

public sealed class EniLinkFinderTests : IDisposable
{
    private static readonly MacAddress Late = MacAddress.Parse("00:16:3e:00:00:99");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NodeLab _lab = new();
    private readonly RtNetlink _node;

    public EniLinkFinderTests() => _node = RtNetlink.Open(_lab.Node);

    public void Dispose()
    {
        _node.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void Eni_is_found_by_its_mac_with_or_without_a_hint()
    {
        EniLinkFinder.Find(_node, NodeLab.EniMac).Should().Be(_lab.Eni);
        EniLinkFinder.Find(_node, NodeLab.EniMac, _lab.Eni.Index).Should().Be(_lab.Eni);
        EniLinkFinder.Find(_node, NodeLab.EniMac, new IfIndex(1)).Should().Be(_lab.Eni, "a hint can be out of date");
        _lab.Eni.Name.Should().Be("eth1");
    }

    [Fact]
    public void Prepared_eni_is_found_by_its_second_name_without_looking_at_other_links()
    {
        _lab.Prepare();

        _node.Links.Find("eni00163e000011")!.Name.Should().Be("eth1");
        EniLinkFinder.Find(_node, NodeLab.EniMac).Should().Be(_lab.Eni with { IsPrepared = true });
    }

    [Fact]
    public void Eni_is_not_prepared_before_its_plan_nor_after_the_plan_failed_nor_when_it_is_down()
    {
        _lab.Eni.IsPrepared.Should().BeFalse();
        using var target = PlanTarget.Open(_lab.Node, pod: null);
        var failing = NodePlanner.PlanEni(_lab.EniNetwork with { Gateway4 = System.Net.IPAddress.Parse("224.0.0.1") }, NodeLab.Facts);
        new PlanApplier(target).Invoking(applier => applier.Apply(failing)).Should().Throw<DatapathException>();
        EniLinkFinder.Find(_node, NodeLab.EniMac)!.IsPrepared.Should().BeFalse();

        _lab.Prepare();
        EniLinkFinder.Find(_node, NodeLab.EniMac)!.IsPrepared.Should().BeTrue();

        Shell.Ip($"-n {_lab.NodeName} link set eth1 down");
        EniLinkFinder.Find(_node, NodeLab.EniMac)!.IsPrepared.Should().BeFalse();
    }

    [Fact]
    public void Second_name_of_an_eni_whose_mac_has_changed_is_not_believed()
    {
        _lab.Prepare();
        Shell.Ip($"-n {_lab.NodeName} link set eth1 address {Late}");

        EniLinkFinder.Find(_node, NodeLab.EniMac).Should().BeNull();
        EniLinkFinder.Find(_node, Late)!.Name.Should().Be("eth1");
    }

    [Fact]
    public void Unknown_and_empty_macs_find_nothing()
    {
        EniLinkFinder.Find(_node, Late).Should().BeNull();
        EniLinkFinder.Find(_node, default).Should().BeNull("loopback has no address");
    }

    [Fact]
    public void Links_stacked_on_the_eni_and_our_own_links_are_skipped()
    {
        Shell.IpBatch(_lab.NodeName,
            $"link add macvlan0 link eth1 address {Late} type macvlan mode bridge",
            $"link add cali00000000001 address {Late} type veth peer name x1",
            $"link add twdel77 address {Late} type veth peer name x2");

        EniLinkFinder.Find(_node, Late).Should().BeNull();

        Shell.Ip($"-n {_lab.NodeName} link add real address {Late} type veth peer name x3");
        EniLinkFinder.Find(_node, Late)!.Name.Should().Be("real");
    }

    [Fact]
    public async Task Eni_that_is_there_already_is_found_at_once()
    {
        using var monitor = NetworkMonitor.Open(_lab.Node, NetworkChangeKinds.Links);

        (await EniLinkFinder.WaitAsync(_node, monitor, NodeLab.EniMac, Patience, TimeProvider.System)).Should().Be(_lab.Eni);
    }

    [Fact]
    public async Task Late_eni_is_found_when_it_appears()
    {
        using var monitor = NetworkMonitor.Open(_lab.Node, NetworkChangeKinds.Links);
        var waiting = EniLinkFinder.WaitAsync(_node, monitor, Late, Patience, TimeProvider.System);
        waiting.IsCompleted.Should().BeFalse();

        Shell.IpBatch(_lab.FabricName, $"link add f2 type veth peer name eth2 netns {_lab.NodeName}");
        waiting.IsCompleted.Should().BeFalse();
        Shell.Ip($"-n {_lab.NodeName} link set eth2 address {Late}");

        (await waiting).Name.Should().Be("eth2");
    }

    [Fact]
    public async Task Eni_that_never_appears_is_an_error_that_says_what_to_look_at()
    {
        using var monitor = NetworkMonitor.Open(_lab.Node, NetworkChangeKinds.Links);

        var waiting = () => EniLinkFinder.WaitAsync(_node, monitor, Late, TimeSpan.Zero, TimeProvider.System);

        (await waiting.Should().ThrowAsync<DatapathException>())
            .Where(e => e.Error == DatapathError.EniNotFound).WithMessage("The ENI 00:16:3e:00:00:99 did not appear*attached*");
    }

    [Fact]
    public async Task Cancelled_waiting_is_a_cancellation()
    {
        using var monitor = NetworkMonitor.Open(_lab.Node, NetworkChangeKinds.Links);
        using var cancellation = new CancellationTokenSource();
        var waiting = EniLinkFinder.WaitAsync(_node, monitor, Late, Patience, TimeProvider.System, cancellation.Token);

        await cancellation.CancelAsync();

        await waiting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }
}
