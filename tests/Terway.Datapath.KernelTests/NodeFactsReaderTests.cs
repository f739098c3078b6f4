using System.Net;

namespace Terway.Datapath.KernelTests;

public sealed class NodeFactsReaderTests : IDisposable
{
    private readonly NodeLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Addresses_are_those_of_the_link_with_the_default_route()
    {
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        NodeFactsReader.Read(target).Should().Be(NodeLab.Facts with { PrimaryAcceptsRouterAdvertisements = true });
    }

    [Fact]
    public void Lowest_metric_decides_between_default_routes()
    {
        Shell.IpBatch(_lab.NodeName,
            "addr add 10.0.9.9/24 dev eth1", "link set eth1 up", "route del default", "route add default via 10.0.0.253 metric 100", "route add default via 10.0.9.253 metric 50");
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        NodeFactsReader.Read(target).IPv4.Should().Be(IPAddress.Parse("10.0.9.9"));
    }

    [Fact]
    public void Default_route_over_several_next_hops_is_one_of_its_first_link()
    {
        Shell.Ip($"-n {_lab.NodeName} route replace default nexthop via 10.0.0.253 dev eth0 nexthop via 10.0.0.252 dev eth0");
        Shell.Ip($"-n {_lab.NodeName} -6 route replace default nexthop via fd00:10::fffd dev eth0 nexthop via fd00:10::fffc dev eth0");
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        NodeFactsReader.Read(target).Should().BeEquivalentTo(new { NodeLab.Facts.IPv4, NodeLab.Facts.IPv6, NodeLab.Facts.PrimaryLink });
    }

    [Fact]
    public void Node_without_a_default_route_is_an_error()
    {
        Shell.Ip($"-n {_lab.NodeName} route del default");
        Shell.Ip($"-n {_lab.NodeName} -6 route del default");
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        var reading = () => NodeFactsReader.Read(target);

        reading.Should().Throw<DatapathException>().Where(e => e.Error == DatapathError.NodeAddressNotFound);
    }

    [Fact]
    public void Node_keeps_its_advertised_default_route_when_it_begins_to_forward()
    {
        using var target = PlanTarget.Open(_lab.Node, pod: null);

        new PlanApplier(target).Apply(NodePlanner.PlanNode(NodeFactsReader.Read(target)));

        Shell.Ip($"netns exec {_lab.NodeName} cat /proc/sys/net/ipv6/conf/eth0/accept_ra").Trim().Should().Be("2");
        Shell.Ip($"netns exec {_lab.NodeName} cat /proc/sys/net/ipv6/conf/all/forwarding").Trim().Should().Be("1");
        NodeFactsReader.Read(target).PrimaryAcceptsRouterAdvertisements.Should().BeFalse("2 is what it has to be by then");
    }
}
