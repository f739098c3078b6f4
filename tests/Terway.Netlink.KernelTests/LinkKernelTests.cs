namespace Terway.Netlink.KernelTests;

public sealed class LinkKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Veth_is_created_with_its_peer_in_another_namespace()
    {
        using var pod = new KernelNamespace();

        _host.Netlink.Links.Add(new LinkMessage
        {
            Name = "cali0",
            Mtu = 1400,
            Kind = new VethKind
            {
                Peer = new LinkMessage { Name = "eth0", Mtu = 1400, Mac = MacAddress.Parse("02:00:00:00:00:01"), Namespace = pod.Namespace },
            },
        });

        var host = _host.Ip("link show dev cali0").Single();
        var peer = pod.Ip("link show dev eth0").Single();
        host.Text("mtu").Should().Be("1400");
        peer.Text("mtu").Should().Be("1400");
        peer.Text("address").Should().Be("02:00:00:00:00:01");
        peer.GetProperty("linkinfo").Text("info_kind").Should().Be("veth");
        var link = _host.Netlink.Links.Get("cali0");
        link.Kind.Should().BeOfType<VethKind>();
        link.Parent.Should().Be(pod.Netlink.Links.Get("eth0").Index);
        link.ParentNamespaceId.Should().Be(_host.Netlink.NamespaceIds.Find(pod.Namespace));
    }

    [Fact]
    public void Both_ends_can_be_created_elsewhere()
    {
        using var left = new KernelNamespace();
        using var right = new KernelNamespace();

        _host.Netlink.Links.Add(new LinkMessage
        {
            Name = "a0",
            Namespace = left.Namespace,
            Kind = new VethKind { Peer = new LinkMessage { Name = "b0", Namespace = right.Namespace } },
        });

        left.Netlink.Links.Find("a0").Should().NotBeNull();
        right.Netlink.Links.Find("b0").Should().NotBeNull();
        _host.Netlink.Links.List().Should().ContainSingle().Which.Name.Should().Be("lo");
    }

    [Fact]
    public void Index_can_be_chosen()
    {
        _host.Netlink.Links.Add(new LinkMessage
        {
            Index = new(4711),
            Name = "v0",
            Kind = new VethKind { Peer = new LinkMessage { Index = new(4712), Name = "v1" } },
        });

        _host.Ip("link show dev v0").Single().Text("ifindex").Should().Be("4711");
        _host.Ip("link show dev v1").Single().Text("ifindex").Should().Be("4712");
    }

    [Fact]
    public void Kinds_are_created_and_read_back()
    {
        var (parent, _) = _host.AddVeth();
        _host.Netlink.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind { SpanningTree = 0, ForwardDelay = 0 } });
        _host.Netlink.Links.Add(new LinkMessage { Name = "ifb0", Kind = new IfbKind(), TxQueueLength = 32 });
        _host.Netlink.Links.Add(new LinkMessage { Name = "mv0", Parent = parent, Kind = new MacvlanKind { Mode = 4 } });

        var links = _host.Netlink.Links.List().ToDictionary(link => link.Name!, StringComparer.Ordinal);

        var bridge = links["br0"].Kind.Should().BeOfType<BridgeKind>().Subject;
        (bridge.SpanningTree, bridge.ForwardDelay).Should().Be((0u, 0u));
        links["ifb0"].Kind.Should().BeOfType<IfbKind>();
        links["ifb0"].TxQueueLength.Should().Be(32);
        links["mv0"].Kind.Should().BeOfType<MacvlanKind>().Which.Mode.Should().Be(4);
        links["mv0"].Kind!.IsStacked.Should().BeTrue();
        links["mv0"].Parent.Should().Be(parent);
        foreach (var json in _host.Ip("link show"))
        {
            var link = links[json.Text("ifname")!];
            link.Index.ToString().Should().Be(json.Text("ifindex"));
            link.Mtu.ToString().Should().Be(json.Text("mtu"));
            link.Mac.ToString().Should().Be(json.Text("address"));
            link.TxQueueLength.ToString().Should().Be(json.Text("txqlen"));
            link.Qdisc.Should().Be(json.Text("qdisc"));
            link.Kind?.Name.Should().Be(json.TryGetProperty("linkinfo", out var info) ? info.Text("info_kind") : null);
        }
    }

    [Fact]
    public void Operational_state_is_read()
    {
        var (_, second) = _host.AddVeth();
        _host.Netlink.Links.SetDown(second);

        _host.Netlink.Links.Get("lo").State.Should().Be(OperationalState.Down);
        _host.Netlink.Links.Get("v1").State.Should().Be(OperationalState.Down);
    }

    [Fact]
    public void Every_property_can_be_changed()
    {
        var (link, _) = _host.AddVeth();
        _host.Netlink.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind() });
        var links = _host.Netlink.Links;

        links.SetDown(link);
        links.SetMtu(link, 1450);
        links.SetMac(link, MacAddress.Parse("02:00:00:00:00:0a"));
        links.SetMaster(link, links.Get("br0").Index);
        links.SetGroup(link, 9);
        links.SetAlias(link, "of pod web-0");
        links.AddAlternativeName(link, "default/web-0");
        links.Rename(link, "w0");

        var json = _host.Ip("link show dev w0").Single();
        json.Text("mtu").Should().Be("1450");
        json.Text("address").Should().Be("02:00:00:00:00:0a");
        json.Text("master").Should().Be("br0");
        json.Text("group").Should().Be("9");
        json.Text("ifalias").Should().Be("of pod web-0");
        json.GetProperty("altnames")[0].GetString().Should().Be("default/web-0");
        json.GetProperty("flags").ToString().Should().NotContain("\"UP\"");
        var read = links.Get(link);
        (read.Mtu, read.Group, read.Alias, read.IsUp).Should().Be((1450u, 9u, "of pod web-0", false));
        read.AlternativeNames.Should().Equal("default/web-0");
        links.DeleteAlternativeName(link, "default/web-0");
        links.SetMaster(link, IfIndex.None);
        links.Get(link).AlternativeNames.IsEmpty.Should().BeTrue();
        links.Get(link).Master.Should().BeNull();
    }

    [Fact]
    public void Link_moves_to_another_namespace_under_a_new_name()
    {
        using var pod = new KernelNamespace();
        var (link, _) = _host.AddVeth();

        _host.Netlink.Links.Move(link, pod.Namespace, "eth0");

        pod.Ip("link show dev eth0").Should().ContainSingle();
        _host.Netlink.Links.Find("v0").Should().BeNull();
    }

    [Fact]
    public void Links_of_a_group_are_deleted_together()
    {
        for (var i = 0; i < 5; i++)
        {
            _host.AddVeth($"a{i}", $"b{i}");
            if (i > 0)
                _host.Netlink.Links.SetGroup(_host.Netlink.Links.Get($"a{i}").Index, 66);
        }

        _host.Netlink.Links.DeleteGroup(66);

        _host.Netlink.Links.List().Select(link => link.Name).Should().BeEquivalentTo("lo", "a0", "b0");
        var again = () => _host.Netlink.Links.DeleteGroup(66);
        again.Should().Throw<NetlinkException>().Which.IsNotFound.Should().BeTrue();
    }

    [Fact]
    public void List_is_filtered_by_kind_master_and_group()
    {
        var (port, _) = _host.AddVeth();
        _host.Netlink.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind() });
        var bridge = _host.Netlink.Links.Get("br0").Index;
        _host.Netlink.Links.SetMaster(port, bridge);
        _host.Netlink.Links.SetGroup(port, 5);

        _host.Netlink.Links.List(new LinkFilter { Kind = "bridge" }).Should().ContainSingle().Which.Index.Should().Be(bridge);
        _host.Netlink.Links.List(new LinkFilter { Master = bridge }).Should().ContainSingle().Which.Index.Should().Be(port);
        _host.Netlink.Links.List(new LinkFilter { Group = 5 }).Should().ContainSingle().Which.Index.Should().Be(port);
    }

    [Fact]
    public void Links_of_another_namespace_are_listed_and_made_by_its_id()
    {
        using var pod = new KernelNamespace();
        pod.AddVeth("p0", "p1");
        _host.Netlink.NamespaceIds.Assign(pod.Namespace, 5);

        var listed = _host.Netlink.Links.List(new LinkFilter { TargetNamespaceId = 5 });

        listed.Select(link => link.Name).Should().BeEquivalentTo("lo", "p0", "p1");
        _host.Netlink.Links.Add(new LinkMessage { TargetNamespaceId = 5, Name = "q0", Kind = new IfbKind() });
        pod.Netlink.Links.Get("q0").Kind.Should().BeOfType<IfbKind>();
        _host.Netlink.Links.Find("q0").Should().BeNull();
    }

    [Fact]
    public void Change_of_no_link_is_not_taken_for_one_of_all_links_of_its_group()
    {
        _host.AddVeth();

        var change = () => _host.Netlink.Links.Change(new LinkMessage { Group = 0, Mtu = 1300 });

        change.Should().Throw<ArgumentException>().WithMessage("*index*name*");
        _host.Netlink.Links.List().Should().NotContain(link => link.Mtu == 1300);
    }

    [Fact]
    public void Missing_link_is_null_or_an_error_that_says_so()
    {
        _host.Netlink.Links.Find("nosuch").Should().BeNull();
        _host.Netlink.Links.Find(new IfIndex(99)).Should().BeNull();
        _host.Netlink.Links.Find(IfIndex.None).Should().BeNull();
        _host.Netlink.Links.TryDelete("nosuch").Should().BeFalse();
        var get = () => _host.Netlink.Links.Get("nosuch");
        get.Should().Throw<NetlinkException>().Where(e => e.IsNotFound).WithMessage("get link nosuch: No such device");
    }

    [Fact]
    public void Refusal_says_what_was_attempted_and_what_the_kernel_says()
    {
        _host.AddVeth();

        var twice = () => _host.Netlink.Links.Add(new LinkMessage { Name = "v0", Kind = new IfbKind() });
        var unknown = () => _host.Netlink.Links.Add(new LinkMessage { Name = "x0", Kind = new OtherKind("nosuchkind") });

        twice.Should().Throw<NetlinkException>().Where(e => e.IsAlreadyExists).WithMessage("add link v0 type ifb: File exists");
        unknown.Should().Throw<NetlinkException>().WithMessage("add link x0 type nosuchkind: Operation not supported (Unknown device type)")
            .Which.KernelMessage.Should().Be("Unknown device type");
    }

    [Fact]
    public void Statistics_count_packets()
    {
        var (link, _) = _host.AddVeth();
        _host.Netlink.Addresses.Add(link, InterfaceAddress.Parse("10.0.0.1/24"));
        var before = _host.Netlink.Links.Get(link).Statistics!.Value;

        _host.Execute("sh", "-c", "ping -c 1 -W 1 10.0.0.99 >/dev/null; true");

        var after = _host.Netlink.Links.Get(link).Statistics!.Value;
        after.TxPackets.Should().BeGreaterThan(before.TxPackets, "the address was asked for by ARP");
        _host.Netlink.Links.List().Single(l => l.Index == link).Statistics!.Value.TxPackets.Should().BeGreaterThanOrEqualTo(after.TxPackets);
    }

    [Fact]
    public void Visitor_sees_every_link()
    {
        _host.AddVeth();
        var mac = _host.Netlink.Links.Get("v1").Mac!.Value;
        var search = new MacSearch(mac);

        _host.Netlink.Links.Visit(ref search);

        search.Found.Should().ContainSingle().Which.Name.Should().Be("v1");
    }

    private struct MacSearch(MacAddress mac) : ILinkVisitor
    {
        internal List<LinkMessage> Found { get; } = [];

        public readonly void Begin() => Found.Clear();

        public readonly void Visit(LinkView link)
        {
            if (link.Mac == mac && link.HasName("v1"))
                Found.Add(link.ToMessage());
        }
    }
}
