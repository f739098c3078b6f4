using System.Net;
using System.Text.Json;

namespace Terway.Netlink.KernelTests;

public sealed class RouteKernelTests : IDisposable
{
    private static readonly RouteTable Table = RouteTable.FromId(1002);

    private readonly KernelNamespace _host = new();
    private readonly IfIndex _link;

    public RouteKernelTests()
    {
        (_link, _) = _host.AddVeth();
        _host.Netlink.Addresses.Add(_link, InterfaceAddress.Parse("10.0.3.5/24"));
        _host.Netlink.Addresses.Add(new AddressMessage
        {
            Interface = _link,
            Address = InterfaceAddress.Parse("fd00::5/64"),
            Flags = AddressFlags.NoDuplicateDetection,
        });
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Onlink_route_in_a_high_table_is_shown_by_ip()
    {
        _host.Netlink.Routes.Add(new RouteMessage
        {
            Gateway = IPAddress.Parse("169.254.1.1"),
            OutputInterface = _link,
            Flags = RouteFlags.OnLink,
            Table = Table,
            Metrics = new RouteMetrics { Mtu = 1300, AdvertisedMss = 1260 },
        });

        var json = _host.Ip("route show table 1002").Single();
        json.Text("dst").Should().Be("default");
        json.Text("gateway").Should().Be("169.254.1.1");
        json.Text("flags").Should().Contain("onlink");
        json.GetProperty("metrics")[0].Text("mtu").Should().Be("1300");
        json.GetProperty("metrics")[0].Text("advmss").Should().Be("1260");
        var read = _host.Netlink.Routes.List(new RouteFilter { Table = Table }).Single();
        read.IsDefault.Should().BeTrue();
        read.Metrics!.Mtu.Should().Be(1300);
        read.Scope.Should().Be(RouteScope.Universe);
        read.Protocol.Should().Be(RouteProtocol.Boot);
    }

    [Fact]
    public void Scope_of_a_route_without_gateway_is_link()
    {
        _host.Netlink.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.9.0.7/32"), OutputInterface = _link });

        _host.Ip("route show 10.9.0.7").Single().Text("scope").Should().Be("link");
    }

    [Theory]
    [InlineData("10.3.0.0/16", "10.0.3.1", "10.0.3.2")]
    [InlineData("fd03::/64", "fd00::1", "fd00::2")]
    public void Multipath_is_written_and_read_back(string destination, string first, string second)
    {
        var route = new RouteMessage
        {
            Destination = IPNetwork.Parse(destination),
            NextHops =
            [
                new NextHop { Gateway = IPAddress.Parse(first), OutputInterface = _link, Weight = 1 },
                new NextHop { Gateway = IPAddress.Parse(second), OutputInterface = _link, Weight = 3 },
            ],
        };

        _host.Netlink.Routes.Add(route);

        var read = _host.Netlink.Routes.List(new RouteFilter { OutputInterface = _link }).Single(r => r.Destination == route.Destination);
        read.NextHops.Should().Equal(route.NextHops);
        var json = _host.Ip($"{(read.Family == IpFamily.IPv6 ? "-6 " : string.Empty)}route show {destination}").Single();
        json.GetProperty("nexthops").EnumerateArray().Select(hop => (hop.Text("gateway"), hop.Text("weight"))).Should().Equal((first, "1"), (second, "3"));
        _host.Netlink.Routes.Delete(read);
        _host.Netlink.Routes.TryDelete(read).Should().BeFalse();
    }

    [Fact]
    public void Every_route_that_is_listed_agrees_with_ip()
    {
        var routes = _host.Netlink.Routes;
        routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.4.0.0/16"), Type = RouteType.Blackhole, Priority = 50 });
        routes.Add(new RouteMessage
        {
            Destination = IPNetwork.Parse("fd01::/64"),
            Gateway = IPAddress.Parse("fd00::1"),
            OutputInterface = _link,
            PreferredSource = IPAddress.Parse("fd00::5"),
            Protocol = RouteProtocol.Static,
            Priority = 77,
        });
        routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.6.0.0/16"), Gateway = IPAddress.Parse("fe80::1"), OutputInterface = _link });

        foreach (var family in (IpFamily[])[IpFamily.IPv4, IpFamily.IPv6])
        {
            var (listed, shown) = Settled(family);
            shown.Should().HaveCount(listed.Count);
            foreach (var (route, json) in listed.Zip(shown))
            {
                (route.IsDefault ? "default" : TextOf(route.Destination!.Value)).Should().Be(json.Text("dst"));
                (route.Gateway?.ToString()).Should().Be(json.Text("gateway") ?? (json.TryGetProperty("via", out var via) ? via.Text("host") : null));
                route.PreferredSource?.ToString().Should().Be(json.Text("prefsrc"));
                (route.Priority?.ToString()).Should().Be(json.Text("metric"));
                route.Table.ToString().Should().Be(json.Text("table") ?? "main");
                route.Type.ToString()!.ToLowerInvariant().Should().Be(json.Text("type"));
            }
        }
    }

    [Fact]
    public void Replace_changes_the_gateway_and_append_adds_one()
    {
        var route = new RouteMessage { Destination = IPNetwork.Parse("fd05::/64"), Gateway = IPAddress.Parse("fd00::1"), OutputInterface = _link };
        _host.Netlink.Routes.Add(route);

        _host.Netlink.Routes.Replace(route with { Gateway = IPAddress.Parse("fd00::2") });
        _host.Netlink.Routes.Append(route with { Gateway = IPAddress.Parse("fd00::3") });

        var read = _host.Netlink.Routes.List(new RouteFilter { Family = IpFamily.IPv6 }).Single(r => r.Destination == route.Destination);
        read.NextHops.Select(hop => hop.Gateway!.ToString()).Should().BeEquivalentTo("fd00::2", "fd00::3");
    }

    [Fact]
    public void Lookup_says_the_way_of_a_packet()
    {
        _host.Netlink.Routes.Add(new RouteMessage { Gateway = IPAddress.Parse("10.0.3.1"), OutputInterface = _link, Table = Table });
        _host.Netlink.Rules.Add(new RuleMessage { Priority = 100, Mark = 7, Table = Table });

        var marked = _host.Netlink.Routes.Lookup(IPAddress.Parse("8.8.8.8"), new RouteMessage { Mark = 7 });
        var unmarked = () => _host.Netlink.Routes.Lookup(IPAddress.Parse("8.8.8.8"));

        (marked.Gateway, marked.Table, marked.OutputInterface).Should().Be((IPAddress.Parse("10.0.3.1"), Table, _link));
        unmarked.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.NetworkUnreachable);
    }

    [Fact]
    public void Finding_no_way_is_no_error_but_a_prohibited_one_is()
    {
        _host.Netlink.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.66.0.0/16"), Type = RouteType.Unreachable });
        _host.Netlink.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.67.0.0/16"), Type = RouteType.Prohibit });
        var prohibited = () => _host.Netlink.Routes.FindTo(IPAddress.Parse("10.67.0.1"));

        _host.Netlink.Routes.FindTo(IPAddress.Parse("8.8.8.8")).Should().BeNull();
        _host.Netlink.Routes.FindTo(IPAddress.Parse("10.66.0.1")).Should().BeNull();
        _host.Netlink.Routes.FindTo(IPAddress.Parse("10.0.3.1"))!.OutputInterface.Should().Be(_link);
        prohibited.Should().Throw<NetlinkException>().Which.Message.Should().StartWith("look up route to 10.67.0.1: ");
    }

    [Fact]
    public void Table_without_routes_is_an_empty_list() =>
        _host.Netlink.Routes.List(new RouteFilter { Table = RouteTable.FromId(424242) }).Should().BeEmpty();

    [Fact]
    public void Refusal_carries_the_kernels_text()
    {
        var add = () => _host.Netlink.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.77.0.0/16"), Gateway = IPAddress.Parse("10.88.0.1") });

        add.Should().Throw<NetlinkException>().WithMessage("add route 10.77.0.0/16 via 10.88.0.1: Network is unreachable (Nexthop has invalid gateway)");
    }

    /// <summary>
    /// Both views of the same state: the kernel gives a link its own IPv6 routes when its carrier is noticed, which may be between
    /// the two.
    /// </summary>
    private (IReadOnlyList<RouteMessage> Listed, List<JsonElement> Shown) Settled(IpFamily family)
    {
        var filter = new RouteFilter { Family = family };
        while (true)
        {
            var listed = _host.Netlink.Routes.List(filter);
            var shown = _host.Ip($"{(family == IpFamily.IPv6 ? "-6 " : "-4 ")}route show table all");
            if (_host.Netlink.Routes.List(filter).Select(r => r.ToString()).SequenceEqual(listed.Select(r => r.ToString()), StringComparer.Ordinal))
                return (listed, shown);
        }
    }

    private static string TextOf(IPNetwork prefix) =>
        prefix.PrefixLength == (prefix.BaseAddress.GetAddressBytes().Length * 8) ? prefix.BaseAddress.ToString() : prefix.ToString();
}
