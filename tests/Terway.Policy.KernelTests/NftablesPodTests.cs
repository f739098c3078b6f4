using System.Net;
using System.Net.Sockets;
using Terway.Policy.Calculation;
using Terway.Policy.Dataplane;
using Terway.Policy.Dataplane.Nftables;
using Terway.Policy.Nftables;

namespace Terway.Policy.KernelTests;

/// <summary>What holds for pods whatever the policies say, with packets.</summary>
public sealed class NftablesPodTests : IDisposable
{
    private static readonly string Web = PodLinks.NameOf("x", "web");
    private static readonly string Client = PodLinks.NameOf("x", "client");
    private static readonly IPAddress WebAddress = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress ClientAddress = IPAddress.Parse("10.0.0.2");
    private static readonly IPAddress WebAddressV6 = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress ClientAddressV6 = IPAddress.Parse("2001:db8::2");
    private static readonly Packet Unhindered = new() { Source = IPAddress.Parse("203.0.113.1"), Destination = IPAddress.Parse("203.0.113.2"), Protocol = IpProtocol.Udp, DestinationPort = 9 };

    private static readonly Packet Request = new() { Source = ClientAddress, Destination = WebAddress, Protocol = IpProtocol.Udp, SourcePort = 4000, DestinationPort = 80 };
    private static readonly Packet Reply = new() { Source = WebAddress, Destination = ClientAddress, Protocol = IpProtocol.Udp, SourcePort = 80, DestinationPort = 4000 };

    private readonly ProbeLab _lab = new([Web, Client]);
    private readonly PolicyCalculator _calculator = new(RandomCluster.Node);
    private NftablesBackend? _backend;

    public NftablesPodTests()
    {
        _lab.AddPod(Web, [WebAddress, WebAddressV6]);
        _lab.AddPod(Client, [ClientAddress, ClientAddressV6]);
        _calculator.Apply(new Namespace { Name = "x" });
    }

    public void Dispose()
    {
        _backend?.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void A_pod_is_closed_both_ways_until_policy_knows_it_and_open_right_after()
    {
        Start();
        Passes(Client, Request).Should().BeFalse();
        Passes(ProbeLab.Uplink, Request with { Source = IPAddress.Parse("192.0.2.1") }).Should().BeFalse();

        Apply(Pod("client", ClientAddress));
        Passes(Client, Request).Should().BeFalse("the other end is not known yet");
        Passes(Client, Request with { Destination = IPAddress.Parse("192.0.2.1") }).Should().BeTrue();

        Apply(Pod("web", WebAddress));
        Passes(Client, Request).Should().BeTrue();

        _calculator.Remove(ResourceKey.Pod("x", "client"));
        Apply();
        Passes(Client, Request with { SourcePort = 1 }).Should().BeFalse();
    }

    [Fact]
    public void A_pod_that_policy_does_not_know_is_open_where_that_is_configured()
    {
        Start(new() { DenyUnknownPods = false });

        Passes(Client, Request).Should().BeTrue();
        Apply(Pod("web", WebAddress), Closed("web"));
        Passes(Client, Request with { SourcePort = 1 }).Should().BeFalse();
    }

    [Fact]
    public void Replies_pass_and_an_established_connection_stays_when_policy_closes_both_pods()
    {
        Start();
        Apply(Pod("web", WebAddress), Pod("client", ClientAddress));
        Passes(Client, Request).Should().BeTrue();
        Passes(Web, Reply).Should().BeTrue();

        Apply(Closed("closed"));

        Passes(Client, Request).Should().BeTrue();
        Passes(Web, Reply).Should().BeTrue();
        Passes(Client, Request with { SourcePort = 1 }).Should().BeFalse("it is a new connection");
        Passes(Web, Reply with { DestinationPort = 1 }).Should().BeFalse("it is no reply");
    }

    [Fact]
    public void An_icmp_error_about_an_allowed_connection_passes()
    {
        Start();
        Apply(Pod("web", WebAddress), Pod("client", ClientAddress));
        Passes(Client, Request).Should().BeTrue();
        Apply(Closed("closed"));

        byte[] error = ProbeFrame.PortUnreachable(Request, _lab.Wire.MacOf(Web), 1);

        _lab.Wire.Send([(Web, error)], Unhindered).Should().Equal(Client);
    }

    [Theory]
    [InlineData("10.0.0.9", "10.0.0.1")]
    [InlineData("2001:db8::9", "2001:db8::1")]
    public void A_pod_cannot_send_from_an_address_that_is_not_its_own(string source, string destination)
    {
        Start();
        Apply(Pod("web", WebAddress, WebAddressV6), Pod("client", ClientAddress, ClientAddressV6));
        Packet packet = Request with { Source = IPAddress.Parse(source), Destination = IPAddress.Parse(destination) };

        Passes(Client, packet).Should().BeFalse();
        Passes(ProbeLab.Uplink, packet).Should().BeTrue("from elsewhere it may come");
    }

    [Fact]
    public void A_pod_cannot_speak_in_the_established_connection_of_another()
    {
        Start();
        Apply(Pod("web", WebAddress), Pod("client", ClientAddress));
        Packet outside = Request with { Source = IPAddress.Parse("192.0.2.1") };
        Passes(ProbeLab.Uplink, outside).Should().BeTrue();
        Passes(Web, Reply with { Destination = outside.Source }).Should().BeTrue();

        Passes(Client, outside).Should().BeFalse();
        Passes(Client, Reply with { Destination = outside.Source }).Should().BeFalse();
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.254/32")]
    [InlineData("2001:db8::1", "2001:db8::fe/128")]
    public void The_node_reaches_a_closed_pod_and_hears_its_answer(string pod, string node)
    {
        Start();
        Apply(Pod("web", WebAddress, WebAddressV6), Closed("closed"));
        _lab.AddNodeAddress(node);
        IPAddress from = IPAddress.Parse(node.Split('/')[0]);
        using Socket socket = _lab.Node.Run(() => new Socket(from.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        socket.ReceiveTimeout = 30_000;
        socket.Bind(new IPEndPoint(from, 5000));

        socket.SendTo([1], new IPEndPoint(IPAddress.Parse(pod), 80));
        Packet answer = new() { Source = IPAddress.Parse(pod), Destination = from, Protocol = IpProtocol.Udp, SourcePort = 80, DestinationPort = 5000 };
        _lab.Wire.Send([(Web, answer)], Unhindered);

        EndPoint sender = new IPEndPoint(IPAddress.Parse(pod), 0);
        socket.ReceiveFrom(new byte[16], ref sender).Should().Be(0, "the answer has no content");
        sender.Should().Be(new IPEndPoint(IPAddress.Parse(pod), 80));
    }

    [Fact]
    public void What_a_pod_sends_to_its_node_is_asked_by_its_egress_policies()
    {
        Start();
        Apply(Pod("web", WebAddress));
        _lab.AddNodeAddress("10.0.0.254/32");
        Packet toNode = Request with { Source = WebAddress, Destination = IPAddress.Parse("10.0.0.254") };
        ReachesNode("udp dport 80", ProbeFrame.Of(toNode, _lab.Wire.MacOf(Web), 1)).Should().BeTrue();

        Apply(new CalicoPolicy { Name = "egress", Types = PolicyDirections.Egress });

        ReachesNode("udp dport 81", ProbeFrame.Of(toNode with { DestinationPort = 81 }, _lab.Wire.MacOf(Web), 1)).Should().BeFalse();
    }

    [Fact]
    public void Neighbour_discovery_reaches_the_node_whatever_the_policies_are()
    {
        Start();
        Apply(Pod("web", WebAddressV6), Closed("closed"));
        _lab.AddNodeAddress("fe80::99/64", Web);
        Packet solicitation = new() { Source = IPAddress.Parse("fe80::2"), Destination = IPAddress.Parse("fe80::99"), Protocol = IpProtocol.IcmpV6, Icmp = new(135, 0) };

        ReachesNode("icmpv6 type nd-neighbor-solicit", ProbeFrame.Of(solicitation, _lab.Wire.MacOf(Web), 1)).Should().BeTrue();
        ReachesNode("icmpv6 type echo-request", ProbeFrame.Of(solicitation with { Icmp = new(128, 0) }, _lab.Wire.MacOf(Web), 1)).Should().BeFalse();
    }

    [Fact]
    public void What_another_table_drops_stays_dropped_and_what_policy_drops_stays_dropped_too()
    {
        Start();
        Apply(Pod("web", WebAddress), Pod("client", ClientAddress));
        _lab.Load("add table inet other\nadd chain inet other c { type filter hook forward priority 10; }\nadd rule inet other c udp dport 80 drop");
        Passes(Client, Request).Should().BeFalse();
        Passes(Client, Request with { DestinationPort = 81 }).Should().BeTrue();

        Apply(Closed("closed"));
        _lab.Load("flush chain inet other c\nadd rule inet other c accept");

        Passes(Client, Request with { DestinationPort = 82 }).Should().BeFalse();
    }

    [Fact]
    public void Counters_tell_by_policy_what_was_allowed_and_denied()
    {
        Start();
        CalicoPolicy policy = new()
        {
            Name = "web",
            Ingress = [new() { Action = RuleAction.Deny, Protocol = IpProtocol.Udp, Destination = new() { Ports = [81] } }, new() { Action = RuleAction.Allow }],
        };
        Apply(Pod("web", WebAddress), policy);
        Packet outside = Request with { Source = IPAddress.Parse("192.0.2.1") };

        _lab.Wire.Send([(ProbeLab.Uplink, outside), (ProbeLab.Uplink, outside with { DestinationPort = 81 }), (ProbeLab.Uplink, outside with { DestinationPort = 81, SourcePort = 1 })], Unhindered);

        _backend!.ReadCounters().Should().ContainEquivalentOf(new PolicyCounter(policy.Key, PolicyDirections.Ingress, 1, 2));
    }

    [Fact]
    public void A_denied_packet_reaches_who_listens_for_them_with_policy_and_rule()
    {
        Start(new() { DenyLog = new() { Group = 5 } });
        Apply(Pod("web", WebAddress), new CalicoPolicy { Name = "web", Ingress = [new() { Action = RuleAction.Allow, Protocol = IpProtocol.Tcp }, new() { Action = RuleAction.Deny }] });
        using LogListener listener = new(_lab.Node, group: 5);

        Passes(ProbeLab.Uplink, Request with { Source = IPAddress.Parse("192.0.2.1") }).Should().BeFalse();

        listener.First().Should().Contain("terway:deny:in:gnp/web:1: ");
    }

    private static Pod Pod(string name, params IPAddress[] addresses) => new() { Name = name, Namespace = "x", Node = RandomCluster.Node, Addresses = [.. addresses] };

    private static CalicoPolicy Closed(string name) => new() { Name = name, Types = PolicyDirections.Both };

    private void Start(NftablesOptions? options = null)
    {
        _backend = NftablesBackend.Open(_lab.Node, options);
        Apply();
    }

    private void Apply(params Resource[] resources)
    {
        foreach (Resource resource in resources)
        {
            _calculator.Apply(resource);
        }

        _backend!.Apply(_calculator.Flush()).Refused.Should().BeEmpty();
    }

    private bool Passes(string link, Packet packet) => _lab.Wire.Send([(link, packet)], Unhindered)[0] is not null;

    /// <summary>Whether what web sends gets past policy to the node itself, as a chain behind it counts.</summary>
    private bool ReachesNode(string what, byte[] frame)
    {
        _lab.Load($"add table inet seen\nflush table inet seen\nadd chain inet seen in {{ type filter hook input priority 100; }}\nadd rule inet seen in {what} counter");
        _lab.Wire.Send([(Web, frame)], Unhindered);
        return !_lab.Execute("nft", "list", "table", "inet", "seen").Contains("counter packets 0 ", StringComparison.Ordinal);
    }
}
