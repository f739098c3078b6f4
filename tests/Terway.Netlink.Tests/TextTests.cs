using System.Net;
using Terway.Netlink.Tests.Captures;

namespace Terway.Netlink.Tests;

/// <summary>What the kernel listed, in the words of ip.</summary>
public sealed class TextTests
{
    [Fact]
    public void Routes_read_as_ip_shows_them() => Lines("route-show", n => n.Routes.List(new RouteFilter { Family = IpFamily.IPv4 })).Should().Contain(
    [
        "default via 169.254.1.1 dev if2 table 1002 mtu 1300 onlink",
        "10.0.3.0/24 dev if2 proto kernel scope link src 10.0.3.5",
        "10.1.0.0/16 via 10.0.3.9 dev if2",
        "10.3.0.0/16 proto static nexthop via 10.0.3.1 dev if2 weight 1 nexthop via 10.0.3.2 dev if2 weight 3",
        "blackhole 10.4.0.0/16 metric 50",
        "10.6.0.0/16 via inet6 fe80::1 dev if2",
        "local 10.0.3.5 dev if2 table local proto kernel scope host src 10.0.3.5",
    ]);

    [Fact]
    public void IPv6_routes_read_as_ip_shows_them() => Lines("route-show-v6", n => n.Routes.List()).Should().Contain(
    [
        "fd01::/64 via fd00::1 dev if2 src fd00::5 metric 77 onlink",
        "default via fe80::1 dev if2 table 300 metric 1024",
    ]);

    [Fact]
    public void Rules_read_as_ip_shows_them() =>
        Lines("rule-show", n => n.Rules.List(new RuleFilter { Family = IpFamily.IPv4 })).Should().Equal(
            "0: from all lookup local",
            "600: from all fwmark 0x10/0xff iif v1 lookup 100",
            "700: not from all oif v1 uidrange 0-99 ipproto 6 sport 1000-2000 dport 80 lookup 100",
            "701: from all lookup main suppress_prefixlength 0",
            "702: from 10.9.0.0/16 goto 32766",
            "2048: from 10.0.0.5 lookup 1002",
            "32766: from all lookup main",
            "32767: from all lookup default");

    [Fact]
    public void Neighbours_read_as_ip_shows_them() =>
        Lines("neighbour-show", n => n.Neighbours.List(new NeighbourFilter { Family = IpFamily.IPv4 })).Should().Contain(
            "169.254.1.1 dev if2 lladdr 02:00:00:00:00:0a nud permanent");

    [Fact]
    public void Addresses_read_as_ip_shows_them() => Lines("address-show", n => n.Addresses.List()).Should().Contain(
    [
        "10.0.3.5/24 dev if2",
        "10.0.5.1 peer 10.0.5.2/32 dev if2",
        "fd00::5/64 dev if2",
    ]);

    [Fact]
    public void Links_are_read_with_their_kinds()
    {
        using var transport = Replay("link-show");
        using var netlink = new RtNetlink(transport);

        var links = netlink.Links.List().ToDictionary(link => link.Name!, StringComparer.Ordinal);

        links["v0"].Kind.Should().BeOfType<VethKind>();
        (links["v0"].Index, links["v0"].Parent, links["v0"].Mac).Should().Be((new IfIndex(3), new IfIndex(2), MacAddress.Parse("02:00:00:00:00:01")));
        links["v0"].PortAttributes.IsEmpty.Should().BeFalse("a bridge port has settings");
        (links["ifb0"].Group, links["ifb0"].Alias).Should().Be((77u, "shaper"));
        links["ifb0"].AlternativeNames.Should().Equal("a-rather-long-alternative-name");
        links["mv1"].Kind.Should().BeOfType<MacvlanKind>().Which.Mode.Should().Be(4);
        links["lo"].Kind.Should().BeNull();
        links["lo"].Statistics.Should().NotBeNull();
    }

    [Fact]
    public void Filters_are_read_with_their_actions()
    {
        using var transport = Replay("filter-show-egress");
        using var netlink = new RtNetlink(transport);

        var filter = netlink.Filters.List(new FilterQuery { Interface = new(2), Parent = TcHandle.ClsactEgress })[^1];

        filter.ToString().Should().Be("dev if2 parent ffff:fff3 pref 50001 protocol ipv4 u32");
        var u32 = filter.Kind.Should().BeOfType<U32Filter>().Subject;
        u32.Keys.Should().Equal(U32Key.FromSource(IPNetwork.Parse("10.0.0.5/32")));
        u32.Actions.Should().ContainSingle().Which.Should().BeOfType<MirredAction>().Which.Control.Should().Be(TcControl.Stolen);
    }

    [Fact]
    public void Lookup_reads_the_way()
    {
        using var transport = Replay("route-get", RtnetlinkConstants.RTM_NEWROUTE);
        using var netlink = new RtNetlink(transport);

        netlink.Routes.Lookup(IPAddress.Parse("10.1.2.3")).Gateway.Should().Be(IPAddress.Parse("10.0.3.9"));
    }

    private static IEnumerable<string> Lines<T>(string capture, Func<RtNetlink, IReadOnlyList<T>> list)
    {
        using var transport = Replay(capture);
        using var netlink = new RtNetlink(transport);
        return list(netlink).Select(message => message!.ToString()!);
    }

    /// <summary>Answers as the kernel did; a single message gets the acknowledgement that ip does not ask for.</summary>
    private static ScriptedTransport Replay(string name, ushort? only = null) => new()
    {
        Answer = sent =>
        {
            var sequence = ConnectionTests.Sequence(sent);
            var answers = Capture.Of(name).Answers.Where(a => only is null || Capture.HeaderOf(a).Type == only)
                .Select(answer => ScriptedTransport.WithSequence(answer, sequence)).ToList();
            if (Capture.HeaderOf(answers[^1]).Type != NetlinkConstants.NLMSG_DONE)
                answers.Add(ScriptedTransport.Ack(sequence, 0));
            return answers;
        },
    };
}
