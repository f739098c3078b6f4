using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.Tests;

public class PolicyRoutePlannerTests
{
    private static readonly EniLink Eni = new("eth1", new IfIndex(3), MacAddress.Parse("00:16:3e:04:d3:0d"));

    private static readonly PodNetworkRequest Web0 = new() { PodNamespace = "default", PodName = "web-0", IPv4 = IPAddress.Parse("10.0.0.5") };

    [Fact]
    public void Plan_of_an_ipv4_pod_reads_as_an_operator_expects() =>
        PolicyRoutePlanner.Plan(Web0, Eni).ToString().Should().Be(
            """
            [node]
            link cali0d7763386da address 1a:dd:ff:1f:ae:d1 mtu 1500 up type veth peer eth0
            sysctl net.ipv4.conf.cali0d7763386da.forwarding = 1
            sysctl net.ipv4.conf.cali0d7763386da.rp_filter = 0
            route 10.0.0.5/32 dev cali0d7763386da scope link
            rule 512: to 10.0.0.5/32 lookup main
            rule 2048: from 10.0.0.5/32 lookup 1003
            [pod]
            link eth0 address ce:65:76:fb:9d:57 mtu 1500 up type veth peer cali0d7763386da
            addr 10.0.0.5/32 dev eth0 scope global
            neigh 169.254.1.1 dev eth0 lladdr 1a:dd:ff:1f:ae:d1 permanent
            route default via 169.254.1.1 dev eth0 onlink

            """);

    [Fact]
    public void Plan_of_a_dual_stack_pod_has_both_families()
    {
        var request = Web0 with { IPv6 = IPAddress.Parse("fd00:10::5"), Mtu = 1400 };

        PolicyRoutePlanner.Plan(request, Eni).ToString().Should().Be(
            """
            [node]
            link cali0d7763386da address 1a:dd:ff:1f:ae:d1 mtu 1400 up type veth peer eth0
            sysctl net.ipv4.conf.cali0d7763386da.forwarding = 1
            sysctl net.ipv4.conf.cali0d7763386da.rp_filter = 0
            sysctl net.ipv6.conf.cali0d7763386da.disable_ipv6 = 0
            sysctl net.ipv6.conf.cali0d7763386da.accept_ra = 0
            sysctl net.ipv6.conf.cali0d7763386da.forwarding = 1
            neigh fd00:10::5 dev cali0d7763386da lladdr ce:65:76:fb:9d:57 permanent
            route 10.0.0.5/32 dev cali0d7763386da scope link
            route fd00:10::5/128 dev cali0d7763386da
            rule 512: to 10.0.0.5/32 lookup main
            rule 2048: from 10.0.0.5/32 lookup 1003
            rule 512: to fd00:10::5/128 lookup main
            rule 2048: from fd00:10::5/128 lookup 1003
            [pod]
            link eth0 address ce:65:76:fb:9d:57 mtu 1400 up type veth peer cali0d7763386da
            sysctl net.ipv6.conf.lo.disable_ipv6 = 0
            sysctl net.ipv6.conf.all.disable_ipv6 = 0
            sysctl net.ipv6.conf.default.disable_ipv6 = 0
            sysctl net.ipv6.conf.eth0.disable_ipv6 = 0
            sysctl net.ipv6.conf.eth0.accept_ra = 0
            addr 10.0.0.5/32 dev eth0 scope global
            addr fd00:10::5/128 dev eth0 scope global nodad
            neigh 169.254.1.1 dev eth0 lladdr 1a:dd:ff:1f:ae:d1 permanent
            neigh fe80::1 dev eth0 lladdr 1a:dd:ff:1f:ae:d1 permanent
            route default via 169.254.1.1 dev eth0 onlink
            route default via fe80::1 dev eth0 onlink

            """);
    }

    [Fact]
    public void Interface_without_the_default_route_has_its_extra_routes_over_the_next_hop_that_answers()
    {
        var request = Web0 with { IfName = "eth1", DefaultRoute = false, ExtraRoutes = [IPNetwork.Parse("192.168.0.0/16")] };

        var plan = PolicyRoutePlanner.Plan(request, Eni);

        plan.Node.Links.Should().ContainSingle().Which.Name.Should().Be("cali3a5a323e811");
        plan.Pod.Routes.Should().ContainSingle().Which.ToString().Should().Be("route 192.168.0.0/16 via 169.254.1.1 dev eth1 onlink");
    }

    [Fact]
    public void Pod_end_can_carry_a_given_mac_which_an_ipv6_neighbour_follows()
    {
        var request = Web0 with { IPv6 = IPAddress.Parse("fd00::5"), PodMac = Eni.Mac };

        var plan = PolicyRoutePlanner.Plan(request, Eni);

        plan.Pod.Links.Should().ContainSingle().Which.Mac.Should().Be(Eni.Mac);
        plan.Node.Neighbours.Should().ContainSingle().Which.Mac.Should().Be(Eni.Mac);
    }

    [Fact]
    public void Same_request_gives_the_same_plan() =>
        PolicyRoutePlanner.Plan(Web0, Eni).ToString().Should().Be(PolicyRoutePlanner.Plan(Web0 with { }, Eni).ToString());

    [Fact]
    public void Contradictory_request_is_refused_with_every_contradiction_in_one_message()
    {
        var request = new PodNetworkRequest
        {
            PodNamespace = "default",
            PodName = "web-0",
            IfName = "../eth0",
            IPv4 = IPAddress.Parse("fd00::1"),
            ExtraRoutes = [IPNetwork.Parse("fd00::/64")],
            Mtu = 60,
        };

        var planning = () => PolicyRoutePlanner.Plan(request, Eni);

        planning.Should().Throw<ArgumentException>().Which.Message.Should()
            .Contain("'../eth0' is no interface name").And.Contain("fd00::1 is no IPv4 address")
            .And.Contain("the route to fd00::/64 has no address of its family").And.Contain("MTU 60 is outside 68 to 65535 bytes");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.5")]
    public void Address_that_no_vpc_gives_out_is_refused(string text)
    {
        var address = IPAddress.Parse(text);
        var isIPv4 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

        var planning = () => PolicyRoutePlanner.Plan(Web0 with { IPv4 = isIPv4 ? address : Web0.IPv4, IPv6 = isIPv4 ? null : address }, Eni);

        planning.Should().Throw<ArgumentException>().WithMessage($"*{address} cannot be the address of a pod*");
    }

    [Fact]
    public void Pod_without_an_address_is_refused()
    {
        var planning = () => PolicyRoutePlanner.Plan(Web0 with { IPv4 = null }, Eni);

        planning.Should().Throw<ArgumentException>().WithMessage("*the pod has no address*");
    }

    [Fact]
    public void Ipv6_needs_its_minimum_mtu()
    {
        var planning = () => PolicyRoutePlanner.Plan(Web0 with { IPv6 = IPAddress.Parse("fd00::5"), Mtu = 1279 }, Eni);

        planning.Should().Throw<ArgumentException>().WithMessage("*MTU 1279 is outside 1280 to 65535 bytes*");
    }
}
