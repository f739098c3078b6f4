using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.Tests;

public class NodePlannerTests
{
    private static readonly EniLink Eni = new("eth1", new IfIndex(3), MacAddress.Parse("00:16:3e:04:d3:0d"));

    private static readonly NodeFacts Node = new() { IPv4 = IPAddress.Parse("10.0.0.2"), PrimaryLink = "eth0" };

    private static readonly NodeFacts DualStackNode = Node with { IPv6 = IPAddress.Parse("fd00::2") };

    [Fact]
    public void Ipv4_node_forwards_and_does_not_filter_by_reverse_path() =>
        NodePlanner.PlanNode(Node).ToString().Should().Be(
            """
            [node]
            sysctl net.ipv4.conf.default.forwarding = 1
            sysctl net.ipv4.conf.default.rp_filter = 0
            sysctl net.ipv4.conf.all.forwarding = 1
            sysctl net.ipv4.conf.all.rp_filter = 0
            sysctl net.ipv4.conf.eth0.forwarding = 1
            sysctl net.ipv4.conf.eth0.rp_filter = 0

            """);

    [Fact]
    public void Dual_stack_node_keeps_its_advertised_default_route_when_it_begins_to_forward()
    {
        var lines = NodePlanner.PlanNode(DualStackNode with { PrimaryAcceptsRouterAdvertisements = true }).Node.Sysctls.Select(s => s.ToString()).ToList();

        lines.Should().Contain("sysctl net.ipv6.conf.eth0.accept_ra = 2");
        lines.IndexOf("sysctl net.ipv6.conf.eth0.accept_ra = 2").Should().BeLessThan(lines.IndexOf("sysctl net.ipv6.conf.all.forwarding = 1"));
    }

    [Fact]
    public void Node_that_ignores_advertisements_is_not_told_to_accept_them() =>
        NodePlanner.PlanNode(DualStackNode).ToString().Should().NotContain("accept_ra");

    [Fact]
    public void Eni_has_the_nodes_address_and_a_table_of_its_own() =>
        NodePlanner.PlanEni(new EniNetwork(Eni) { Gateway4 = IPAddress.Parse("10.0.0.253"), Mtu = 1499 }, Node).ToString().Should().Be(
            """
            [node]
            link eth1 mtu 1499 up altname eni00163e04d30d
            sysctl net.ipv4.conf.eth1.forwarding = 1
            sysctl net.ipv4.conf.eth1.rp_filter = 0
            addr 10.0.0.2/32 dev eth1 scope global
            route default via 10.0.0.253 dev eth1 onlink table 1003

            """);

    [Fact]
    public void Dual_stack_eni_reaches_its_ipv6_gateway_on_link_before_the_default_route_names_it()
    {
        var eni = new EniNetwork(Eni) { Gateway4 = IPAddress.Parse("10.0.0.253"), Gateway6 = IPAddress.Parse("fd00::fffd") };

        NodePlanner.PlanEni(eni, DualStackNode).ToString().Should().Be(
            """
            [node]
            link eth1 mtu 1500 up altname eni00163e04d30d
            sysctl net.ipv4.conf.eth1.forwarding = 1
            sysctl net.ipv4.conf.eth1.rp_filter = 0
            sysctl net.ipv6.conf.eth1.accept_dad = 0
            sysctl net.ipv6.conf.eth1.disable_ipv6 = 0
            sysctl net.ipv6.conf.eth1.accept_ra = 0
            sysctl net.ipv6.conf.eth1.forwarding = 1
            addr 10.0.0.2/32 dev eth1 scope global
            addr fd00::2/128 dev eth1 scope global nodad
            route default via 10.0.0.253 dev eth1 onlink table 1003
            route fd00::fffd/128 dev eth1
            route default via fd00::fffd dev eth1 onlink table 1003

            """);
    }

    [Fact]
    public void Primary_link_is_never_an_eni_for_pods()
    {
        var planning = () => NodePlanner.PlanEni(new EniNetwork(Eni with { Name = "eth0" }) { Gateway4 = IPAddress.Parse("10.0.0.253") }, Node);

        planning.Should().Throw<ArgumentException>().WithMessage("*is the node's primary link eth0*");
    }

    [Fact]
    public void Gateway_of_the_other_family_is_refused()
    {
        var planning = () => NodePlanner.PlanEni(new EniNetwork(Eni) { Gateway4 = IPAddress.Parse("fd00::fffd") }, DualStackNode);

        planning.Should().Throw<ArgumentException>().WithMessage("*fd00::fffd is no IPv4 gateway*");
    }

    [Fact]
    public void Gateway_of_a_family_that_the_node_lacks_is_refused()
    {
        var planning = () => NodePlanner.PlanEni(new EniNetwork(Eni) { Gateway6 = IPAddress.Parse("fd00::fffd") }, Node);

        planning.Should().Throw<ArgumentException>().WithMessage("*the node has no IPv6 address*");
    }
}
