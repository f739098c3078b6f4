using System.Net;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests.Captures;

/// <summary>Each command must send what iproute2 sends for the same change.</summary>
public sealed class CommandCaptureTests
{
    private static readonly IfIndex V1 = new(2);
    private static readonly IfIndex V0 = new(3);
    private static readonly IfIndex Br0 = new(4);
    private static readonly IfIndex Ifb0 = new(5);
    private static readonly IfIndex Mv0 = new(6);

    private static readonly Dictionary<string, Action<RtNetlink>> Commands = new(StringComparer.Ordinal)
    {
        ["link-add-veth"] = n => n.Links.Add(new LinkMessage
        {
            Name = "v0",
            Mtu = 1400,
            Kind = new VethKind { Peer = new LinkMessage { Name = "v1", Mac = MacAddress.Parse("02:00:00:00:00:02") } },
        }),
        ["link-add-bridge"] = n => n.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind { SpanningTree = 0, ForwardDelay = 0 } }),
        ["link-add-ifb"] = n => n.Links.Add(new LinkMessage { Name = "ifb0", TxQueueLength = 64, Kind = new IfbKind() }),
        ["link-add-macvlan"] = n => n.Links.Add(new LinkMessage { Name = "mv0", Parent = V1, Kind = new MacvlanKind { Mode = 4 } }),
        ["link-add-dummy"] = n => n.Links.Add(new LinkMessage { Name = "d0", Mac = MacAddress.Parse("02:00:00:00:00:0d"), Kind = new DummyKind() }),
        ["link-add-vlan"] = n => n.Links.Add(new LinkMessage { Name = "vl0", Parent = V0, Kind = new VlanKind { Id = 101 } }),
        ["link-add-ipvlan"] = n => n.Links.Add(new LinkMessage { Name = "ipvl0", Parent = V0, Kind = new IpvlanKind { Mode = 0, Flags = 0 } }),
        ["link-up"] = n => n.Links.SetUp(V0),
        ["link-down"] = n => n.Links.SetDown(Ifb0),
        ["link-mtu"] = n => n.Links.SetMtu(V0, 1500),
        ["link-mac"] = n => n.Links.SetMac(V0, MacAddress.Parse("02:00:00:00:00:01")),
        ["link-master"] = n => n.Links.SetMaster(V0, Br0),
        ["link-nomaster"] = n => n.Links.SetMaster(V0, IfIndex.None),
        ["link-group"] = n => n.Links.SetGroup(Ifb0, 77),
        ["link-alias"] = n => n.Links.SetAlias(Ifb0, "shaper"),
        ["link-altname"] = n => n.Links.AddAlternativeName(Ifb0, "a-rather-long-alternative-name"),
        ["link-altname-del"] = n => n.Links.DeleteAlternativeName(Ifb0, "a-rather-long-alternative-name"),
        ["link-rename"] = n => n.Links.Rename(Mv0, "mv1"),
        ["address-add"] = n => n.Addresses.Add(Address("10.0.3.5/24") with { Broadcast = IPAddress.Parse("10.0.3.255") }),
        ["address-add-host"] = n => n.Addresses.Add(V1, InterfaceAddress.Parse("10.0.4.1/32")),
        ["address-add-peer"] = n => n.Addresses.Add(Address("10.0.5.1/32") with { Peer = IPAddress.Parse("10.0.5.2") }),
        ["address-add-v6"] = n => n.Addresses.Add(
            Address("fd00::5/64") with { Flags = AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute }),
        ["address-replace"] = n => n.Addresses.Replace(Address("10.0.4.1/32") with { Lifetimes = new(1800, 3600) }),
        ["address-delete"] = n => n.Addresses.Delete(V1, InterfaceAddress.Parse("10.0.4.1/32")),
        ["route-add"] = n => n.Routes.Add(Route("10.1.0.0/16", "10.0.3.1")),
        ["route-add-link"] = n => n.Routes.Add(Route("10.2.0.7/32", null)),
        ["route-add-onlink"] = n => n.Routes.Add(Route(null, "169.254.1.1") with
        {
            Flags = RouteFlags.OnLink,
            Table = RouteTable.FromId(1002),
            Metrics = new RouteMetrics { Mtu = 1300 },
        }),
        ["route-add-multipath"] = n => n.Routes.Add(new RouteMessage
        {
            Destination = IPNetwork.Parse("10.3.0.0/16"),
            Protocol = RouteProtocol.Static,
            NextHops =
            [
                new NextHop { Gateway = IPAddress.Parse("10.0.3.1"), OutputInterface = V1 },
                new NextHop { Gateway = IPAddress.Parse("10.0.3.2"), OutputInterface = V1, Weight = 3 },
            ],
        }),
        ["route-add-blackhole"] = n => n.Routes.Add(new RouteMessage
        {
            Destination = IPNetwork.Parse("10.4.0.0/16"),
            Type = RouteType.Blackhole,
            Priority = 50,
        }),
        ["route-add-v6"] = n => n.Routes.Add(Route("fd01::/64", "fd00::1") with
        {
            PreferredSource = IPAddress.Parse("fd00::5"),
            Priority = 77,
            Flags = RouteFlags.OnLink,
        }),
        ["route-add-v6-default"] = n => n.Routes.Add(Route(null, "fe80::1") with { Table = RouteTable.FromId(300) }),
        ["route-add-via-v6"] = n => n.Routes.Add(Route("10.6.0.0/16", "fe80::1")),
        ["route-replace"] = n => n.Routes.Replace(Route("10.1.0.0/16", "10.0.3.9")),
        ["route-delete"] = n => n.Routes.Delete(Route("10.2.0.7/32", null)),
        ["rule-add-to"] = n => n.Rules.Add(new RuleMessage { Priority = 512, Destination = Host("10.0.0.5"), Table = RouteTable.Main }),
        ["rule-add-from"] = n => n.Rules.Add(new RuleMessage { Priority = 2048, Source = Host("10.0.0.5"), Table = RouteTable.FromId(1002) }),
        ["rule-add-mark"] = n => n.Rules.Add(new RuleMessage
        {
            Priority = 600,
            Mark = 0x10,
            MarkMask = 0xff,
            InputInterface = "v1",
            Table = RouteTable.FromId(100),
        }),
        ["rule-add-ports"] = n => n.Rules.Add(new RuleMessage
        {
            Priority = 700,
            Flags = RuleFlags.Invert,
            OutputInterface = "v1",
            IpProtocol = 6,
            SourcePorts = new(1000, 2000),
            DestinationPorts = new(80, 80),
            UserIds = new(0, 99),
            Table = RouteTable.FromId(100),
        }),
        ["rule-add-suppress"] = n => n.Rules.Add(new RuleMessage { Priority = 701, Table = RouteTable.Main, SuppressPrefixLength = 0 }),
        ["rule-add-goto"] = n => n.Rules.Add(new RuleMessage
        {
            Priority = 702,
            Source = IPNetwork.Parse("10.9.0.0/16"),
            Action = RuleAction.Goto,
            Goto = 32766,
        }),
        ["rule-add-v6"] = n => n.Rules.Add(new RuleMessage { Priority = 2048, Source = Host("fd00::5"), Table = RouteTable.FromId(1002) }),
        ["rule-delete"] = n => n.Rules.Delete(new RuleMessage { Priority = 512, Destination = Host("10.0.0.5"), Table = RouteTable.Main }),
        ["neighbour-add"] = n => n.Neighbours.Add(Neighbour("169.254.1.1", "02:00:00:00:00:09")),
        ["neighbour-replace"] = n => n.Neighbours.Replace(Neighbour("169.254.1.1", "02:00:00:00:00:0a")),
        ["neighbour-add-v6"] = n => n.Neighbours.Add(Neighbour("fe80::1", "02:00:00:00:00:09")),
        ["neighbour-proxy"] = n => n.Neighbours.Add(NeighbourMessage.Proxy(V1, IPAddress.Parse("10.0.3.77"))),
        ["neighbour-delete"] = n => n.Neighbours.Delete(new NeighbourMessage
        {
            Interface = V1,
            Destination = IPAddress.Parse("fe80::1"),
            State = NeighbourStates.Permanent,
        }),
        ["qdisc-add-clsact"] = n => n.Qdiscs.Add(QdiscMessage.Clsact(V1)),
        ["qdisc-add-htb"] = n => n.Qdiscs.Add(new QdiscMessage
        {
            Interface = V0,
            Handle = TcHandle.Of(2),
            Kind = new HtbQdisc { DefaultClass = 0x10 },
        }),
        ["qdisc-add-prio"] = n => n.Qdiscs.Add(new QdiscMessage { Interface = Ifb0, Handle = TcHandle.Of(3), Kind = new PrioQdisc() }),
        ["qdisc-delete"] = n => n.Qdiscs.Delete(new QdiscMessage { Interface = V0 }),
        ["filter-add-mirred"] = n => n.Filters.Add(SourceFilter("10.0.0.5", new MirredAction
        {
            Direction = MirredDirection.EgressRedirect,
            Interface = Ifb0,
            Control = TcControl.Stolen,
        })),
        ["filter-add-class"] = n => n.Filters.Add(new FilterMessage
        {
            Interface = V0,
            Parent = TcHandle.Of(2),
            Priority = 1,
            Protocol = EtherType.IPv4,
            Kind = new U32Filter { Keys = U32Key.FromDestination(IPNetwork.Parse("10.8.0.0/16")), ClassId = TcHandle.Of(2, 0x10) },
        }),
        ["filter-add-vlan"] = n => n.Filters.Add(new FilterMessage
        {
            Interface = V1,
            Parent = TcHandle.ClsactIngress,
            Priority = 20000,
            Protocol = EtherType.Vlan,
            Kind = new U32Filter
            {
                Keys = [new U32Key(0, 0, 0)],
                Actions = [new VlanAction { Operation = VlanOperation.Pop, Control = TcControl.Reclassify }],
            },
        }),
        ["filter-add-vlan-push"] = n => n.Filters.Add(SourceFilter("10.0.0.6", new VlanAction { Operation = VlanOperation.Push, Id = 101 })),
        ["filter-delete"] = n => n.Filters.Delete(new FilterMessage
        {
            Interface = V1,
            Parent = TcHandle.ClsactEgress,
            Priority = 50001,
            Protocol = EtherType.None,
        }),
    };

    public static TheoryData<string> Names => [.. Commands.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_sends_what_iproute2_sends(string name)
    {
        var capture = Capture.Of(name);
        using var transport = new ScriptedTransport();
        using var netlink = new RtNetlink(transport);

        Commands[name](netlink);

        var ours = transport.Sent.Should().ContainSingle().Subject;
        // Before some changes ip asks with an empty request what the kernel can do.
        var theirs = capture.Requests[^1];
        var (header, expected) = (Capture.HeaderOf(ours), Capture.HeaderOf(theirs));
        header.Type.Should().Be(expected.Type);
        header.Flags.Should().Be((ushort)(expected.Flags | NLM_F_ACK));
        header.Length.Should().Be((uint)ours.Length);
        CanonicalMessage.Of(header.Type, Normalized.Body(ours)).Should()
            .Be(CanonicalMessage.Of(expected.Type, Normalized.Body(theirs)), $"that is what '{capture.Command}' sends");
    }

    private static AddressMessage Address(string text) => new() { Interface = V1, Address = InterfaceAddress.Parse(text) };

    private static RouteMessage Route(string? destination, string? gateway) => new()
    {
        Destination = destination is null ? null : IPNetwork.Parse(destination),
        Gateway = gateway is null ? null : IPAddress.Parse(gateway),
        OutputInterface = V1,
    };

    private static IPNetwork Host(string address) => InterfaceAddress.Host(IPAddress.Parse(address)).Network;

    private static NeighbourMessage Neighbour(string address, string mac) =>
        NeighbourMessage.Permanent(V1, IPAddress.Parse(address), MacAddress.Parse(mac));

    private static FilterMessage SourceFilter(string source, FilterAction action) => new()
    {
        Interface = V1,
        Parent = TcHandle.ClsactEgress,
        Priority = 50001,
        Protocol = EtherType.IPv4,
        Kind = new U32Filter { Keys = U32Key.FromSource(Host(source)), Actions = [action] },
    };
}
