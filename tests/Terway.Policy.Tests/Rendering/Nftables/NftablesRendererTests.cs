using System.Net;

namespace Terway.Policy.Nftables;

public sealed class NftablesRendererTests
{
    private const string Node = "here";
    private static readonly IPAddress WebAddress = IPAddress.Parse("10.0.0.1");
    private static readonly Packet Request = new() { Source = IPAddress.Parse("192.0.2.1"), Destination = WebAddress, DestinationPort = 80 };

    private readonly PolicyCalculator _calculator = new(Node);
    private readonly List<LocalEndpoint> _endpoints = [];

    public NftablesRendererTests()
    {
        _calculator.Apply(new Namespace { Name = "x" });
        _calculator.Apply(new Pod { Name = "web", Namespace = "x", Node = Node, Addresses = [WebAddress], Labels = LabelSet.Of(("app", "web")) });
    }

    [Fact]
    public void A_policy_reads_as_one_would_write_it()
    {
        NftablesRenderer renderer = new();
        Apply(renderer, new KubernetesNetworkPolicy
        {
            Name = "http",
            Namespace = "x",
            Ingress = [new() { Peers = [new() { IpBlock = new(IPNetwork.Parse("192.0.2.0/24")) }], Ports = [new(IpProtocol.Tcp, 80), new(IpProtocol.Tcp, 443)] }],
        });

        renderer.Ruleset.ToString().Should().Contain(
            """
            	chain in-knp/x/http {
            		meta nfproto ipv4 meta l4proto 6 ip saddr 192.0.2.0/24 th dport @ports-80_443 counter accept comment "rule 0 allow"
            	}
            """).And.Contain(
            """
            	chain to-calib5def0473a1 {
            		jump in-knp/x/http comment "tier default"
            		counter drop comment "end of tier default"
            	}
            """).And.Contain(
            """
            	set ports-80_443 {
            		type inet_service
            		elements = {
            			443,
            			80
            		}
            	}
            """);
    }

    [Fact]
    public void A_pod_without_policies_has_no_chain_of_its_own()
    {
        NftablesRenderer renderer = new();
        Apply(renderer);

        Ruleset ruleset = renderer.Ruleset;

        ruleset.Chains.Keys.Should().BeEquivalentTo("forward-from", "input-from", "forward-to", "from-pod", "from-pod-to-node", "to-pod");
        ruleset.Sets["to"].Elements.Should().Equal(new RulesetElement(Interface: _endpoints[0].InterfaceName, Verdict: RulesetVerdict.Accept));
    }

    [Fact]
    public void A_change_of_a_member_is_a_change_of_an_element_and_nothing_else()
    {
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(Allow(new() { Selector = Selector.Parse("app == 'client'") })));

        RulesetChange change = Apply(renderer, new Pod { Name = "client", Namespace = "x", Node = "there", Addresses = [IPAddress.Parse("10.0.0.9")], Labels = LabelSet.Of(("app", "client")) });

        change.PutChains.Should().BeEmpty();
        change.AddedSets.Should().BeEmpty();
        ElementChange elements = change.Elements.Should().ContainSingle().Subject;
        elements.Set.IsInterval.Should().BeFalse("addresses of pods belong into hashes");
        elements.Added.Should().Equal(new RulesetElement(Network: IPNetwork.Parse("10.0.0.9/32")));
        elements.Removed.Should().BeEmpty();
    }

    [Fact]
    public void Blocks_of_a_network_set_get_a_set_of_intervals_beside_the_hash_while_there_are_any()
    {
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(Allow(new() { Selector = Selector.Parse("role == 'office'") })));
        NetworkSet office = new() { Name = "office", Labels = LabelSet.Of(("role", "office")), Nets = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.0.2.128/25"), IPNetwork.Parse("198.51.100.7/32")] };

        RulesetChange come = Apply(renderer, office);
        IsAllowed(renderer, Request).Should().BeTrue();
        RulesetChange narrower = Apply(renderer, office with { Nets = [IPNetwork.Parse("192.0.2.128/25"), IPNetwork.Parse("198.51.100.7/32")] });
        IsAllowed(renderer, Request).Should().BeFalse();
        IsAllowed(renderer, Request with { Source = IPAddress.Parse("192.0.2.129") }).Should().BeTrue();
        IsAllowed(renderer, Request with { Source = IPAddress.Parse("198.51.100.7") }).Should().BeTrue();
        RulesetChange gone = Apply(renderer, office with { Nets = [] });

        come.AddedSets.Should().ContainSingle().Which.Elements.Should().Equal(new RulesetElement(Network: IPNetwork.Parse("192.0.2.0/24")));
        narrower.PutChains.Should().BeEmpty();
        narrower.Elements.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Added = new[] { new RulesetElement(Network: IPNetwork.Parse("192.0.2.128/25")) },
            Removed = new[] { new RulesetElement(Network: IPNetwork.Parse("192.0.2.0/24")) },
        });
        gone.RemovedSets.Should().ContainSingle();
        gone.PutChains.Should().ContainSingle("the rules no longer ask for blocks");
    }

    [Fact]
    public void Ports_by_number_and_by_name_of_one_rule_with_several_blocks_are_all_asked()
    {
        CalicoEntity source = new() { Nets = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24")], Ports = [.. Enumerable.Range(1, 20).Select(p => (PortMatch)(ushort)(p * 2))] };
        CalicoEntity destination = new() { Ports = [80, PortMatch.Named("http")], Nets = [IPNetwork.Parse("10.0.0.0/24"), IPNetwork.Parse("10.1.0.0/24")] };
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(new CalicoRule { Action = RuleAction.Allow, Protocol = IpProtocol.Tcp, Source = source, Destination = destination }));
        Packet matching = Request with { SourcePort = 40 };

        IsAllowed(renderer, matching).Should().BeTrue();
        IsAllowed(renderer, matching with { Source = IPAddress.Parse("203.0.113.1") }).Should().BeFalse();
        IsAllowed(renderer, matching with { SourcePort = 41 }).Should().BeFalse();
        IsAllowed(renderer, matching with { DestinationPort = 81 }).Should().BeFalse();
    }

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(3, 0, true)]
    [InlineData(8, 1, true)]
    [InlineData(8, 0, true)]
    public void A_negated_icmp_type_and_code_excludes_only_both_together(byte type, byte code, bool isAllowed)
    {
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(new CalicoRule { Action = RuleAction.Allow, Protocol = IpProtocol.Icmp, NotIcmp = new(3, 1) }));

        IsAllowed(renderer, Request with { Protocol = IpProtocol.Icmp, Icmp = new(type, code), DestinationPort = 0 }).Should().Be(isAllowed);
    }

    [Fact]
    public void A_negated_port_does_not_exclude_what_has_no_ports()
    {
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(Allow(destination: new() { NotPorts = [80] })));

        IsAllowed(renderer, Request).Should().BeFalse();
        IsAllowed(renderer, Request with { DestinationPort = 81 }).Should().BeTrue();
        IsAllowed(renderer, Request with { Protocol = new IpProtocol(47), DestinationPort = 0 }).Should().BeTrue();
    }

    [Fact]
    public void A_packet_that_matches_a_log_rule_in_two_ways_is_logged_once_and_goes_on()
    {
        NftablesRenderer renderer = new();
        Apply(
            renderer,
            new NetworkSet { Name = "both", Labels = LabelSet.Of(("role", "both")), Nets = [IPNetwork.Parse("192.0.2.1/32"), IPNetwork.Parse("192.0.2.0/24")] },
            Policy(new CalicoRule { Action = RuleAction.Log, Source = new() { Selector = Selector.Parse("role == 'both'") } }, Allow()));

        PacketTrace trace = Run(renderer, Request);

        trace.Logged.Should().Equal("terway:log:in:gnp/p:0: ");
        trace.IsDropped.Should().BeFalse();
    }

    [Fact]
    public void Denied_packets_are_logged_with_direction_policy_and_rule_where_that_is_wanted()
    {
        NftablesRenderer renderer = new(new() { DenyLog = new() { Group = 5 } });
        Apply(renderer, Policy(new CalicoRule { Action = RuleAction.Deny, Protocol = IpProtocol.Udp }, new CalicoRule { Action = RuleAction.Allow, Protocol = IpProtocol.Sctp }));

        Run(renderer, Request with { Protocol = IpProtocol.Udp }).Logged.Should().Equal("terway:deny:in:gnp/p:0: ");
        Run(renderer, Request).Logged.Should().Equal("terway:deny:in:default:default: ");
        Run(renderer, Request with { Protocol = IpProtocol.Sctp }).Logged.Should().BeEmpty();
        renderer.Ruleset.ToString().Should().Contain("limit rate 10/second burst 20 packets log prefix \"terway:deny:in:gnp/p:0: \" group 5");
    }

    [Fact]
    public void A_tier_that_a_policy_passed_is_left_and_no_mark_remains()
    {
        NftablesRenderer renderer = new();
        CalicoPolicy first = new() { Name = "pass", Tier = "first", Ingress = [new() { Action = RuleAction.Pass, Protocol = IpProtocol.Tcp }] };
        CalicoPolicy next = new() { Name = "deny", Tier = "first", Order = 2, Ingress = [new() { Action = RuleAction.Deny }] };
        Apply(renderer, new CalicoTier { Name = "first", Order = 1 }, first with { Order = 1 }, next, Policy(Allow()));

        PacketTrace passed = Run(renderer, Request);
        PacketTrace marked = Run(renderer, Request with { Protocol = IpProtocol.Udp }, mark: 0x20001);

        (passed.IsDropped, passed.Mark).Should().Be((false, 0u));
        (marked.IsDropped, marked.Mark).Should().Be((true, 1u), "a mark that it came with says nothing");
    }

    [Fact]
    public void Names_that_are_long_or_strange_are_cut_and_stay_apart()
    {
        string name = new('a', 253);
        NftablesRenderer renderer = new();
        Apply(renderer, Policy(Allow()) with { Name = name + "1" }, Policy(Allow()) with { Name = name + "2" }, Policy(Allow()) with { Name = "a \"b\" {" });

        List<string> chains = [.. renderer.Ruleset.Chains.Keys.Where(c => c.StartsWith("in-gnp/", StringComparison.Ordinal))];

        chains.Should().HaveCount(3).And.OnlyContain(c => c.Length <= 127 && c.All(x => char.IsAsciiLetterOrDigit(x) || "/._-".Contains(x)));
    }

    [Fact]
    public void A_link_without_the_prefix_is_a_pods_where_a_pod_has_it()
    {
        NftablesRenderer renderer = new();
        Apply(renderer);
        LocalEndpoint other = _endpoints[0] with { InterfaceName = "tap0" };

        renderer.Apply([new EndpointUpdated(other), new ProfileUpdated(new("kns.x", RuleAction.Deny))]);

        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Forward, new(Request, "eth0", "tap0")).IsDropped.Should().BeTrue();
        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Forward, new(Request, "eth0", "tap1")).IsDropped.Should().BeFalse();
    }

    [Fact]
    public void A_link_goes_from_one_pod_to_another_in_one_change()
    {
        NftablesRenderer renderer = new();
        Apply(renderer);
        LocalEndpoint heir = _endpoints[0] with { Pod = ResourceKey.Pod("x", "heir"), Addresses = [IPAddress.Parse("10.0.0.2")] };

        RulesetChange change = renderer.Apply([new EndpointUpdated(heir), new EndpointRemoved(_endpoints[0].Pod)]);

        change.Elements.Should().ContainSingle().Which.Set.Name.Should().Be("sources4");
        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Forward, new(Request, heir.InterfaceName, "eth0")).IsDropped.Should().BeTrue("the address is not its own");
    }

    [Fact]
    public void What_is_not_a_pods_is_not_looked_at()
    {
        NftablesRenderer renderer = new();
        Apply(renderer);

        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Forward, new(Request, "eth0", "eth1", ConnectionStates.Invalid)).IsDropped.Should().BeFalse();
        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Input, new(Request, "eth0", null, ConnectionStates.Invalid)).IsDropped.Should().BeFalse();
    }

    private static CalicoPolicy Policy(params CalicoRule[] rules) => new() { Name = "p", Ingress = [.. rules] };

    private static CalicoRule Allow(CalicoEntity? source = null, CalicoEntity? destination = null) =>
        new() { Action = RuleAction.Allow, Source = source ?? CalicoEntity.Anything, Destination = destination ?? CalicoEntity.Anything };

    private RulesetChange Apply(NftablesRenderer renderer, params Resource[] resources)
    {
        foreach (Resource resource in resources)
        {
            _calculator.Apply(resource);
        }

        IReadOnlyList<PolicyEvent> events = _calculator.Flush();
        _endpoints.AddRange(events.OfType<EndpointUpdated>().Select(e => e.Endpoint));
        return renderer.Apply(events);
    }

    private bool IsAllowed(NftablesRenderer renderer, Packet packet) => !Run(renderer, packet).IsDropped;

    private PacketTrace Run(NftablesRenderer renderer, Packet packet, uint mark = 0) =>
        new RulesetInterpreter(renderer.Ruleset).Run(HookPoint.Forward, new(packet, "eth0", _endpoints[0].InterfaceName, Mark: mark));
}
