using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging.Abstractions;
using Terway.Cloud;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;
using Terwayd.Node;

namespace Terwayd.Tests.Node;

/// <summary>The node's network in a namespace of the test's own: eth0 is the primary link, eth1 an ENI, and one pod has a host link.</summary>
public sealed class NodeNetworkTests : IDisposable
{
    private static readonly MacAddress EniMac = MacAddress.Parse("00:16:3e:00:00:01");
    private static readonly IPAddress PodAddress = IPAddress.Parse("10.0.0.5");
    private static readonly IPAddress NodeAddress = IPAddress.Parse("10.0.0.10");

    private static readonly LeaseEni Eni = new()
    {
        Id = new EniId("eni-1"),
        Mac = PhysicalAddress.Parse("00-16-3E-00-00-01"),
        VSwitch = new VSwitchId("vsw-1"),
        Subnet = IPNetwork.Parse("10.0.0.0/24"),
    };

    private static readonly Lease Pod = new()
    {
        Attachment = new AttachmentKey("c1", "eth0"),
        Pod = new PodKey("default", "web-0"),
        IPv4 = PodAddress,
        Eni = Eni,
        GrantedAt = FakeTimeProvider.Start,
    };

    private readonly NetworkNamespace _namespace = NetworkNamespace.Create();
    private readonly NetworkNamespace _far = NetworkNamespace.Create();
    private readonly RtNetlink _kernel;
    private readonly NodeNetwork _network;

    public NodeNetworkTests()
    {
        _kernel = RtNetlink.Open(_namespace);
        var primary = AddLink("eth0", MacAddress.Parse("00:16:3e:00:00:ff"), mtu: 8500);
        _kernel.Addresses.Add(primary, new InterfaceAddress(NodeAddress, 24));
        _kernel.Links.SetUp(primary);
        _kernel.Routes.Add(new RouteMessage { Destination = new IPNetwork(IPAddress.Any, 0), Gateway = IPAddress.Parse("10.0.0.253"), OutputInterface = primary });
        _network = _namespace.Run(() => NodeNetwork.Open(new FakeTimeProvider(), NullLogger<NodeNetwork>.Instance));
    }

    private static string HostLink => HostVethName.For("default", "web-0", "eth0");

    public void Dispose()
    {
        _network.Dispose();
        _kernel.Dispose();
        _far.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void The_node_is_read_from_its_kernel()
    {
        _network.HostAddresses.IPv4.Should().Be(NodeAddress);
        _network.PrimaryMtu.Should().Be(8500);
    }

    [Fact]
    public void An_ENI_is_prepared_and_what_drifts_is_mended()
    {
        var eni = AddLink("eth1", EniMac);
        _namespace.Run(() => _network.PrepareNode(podMtu: 1400));
        _namespace.Run(() => _network.PrepareAsync(Eni, CancellationToken.None).AsTask()).IsCompletedSuccessfully.Should().BeTrue("the link is there already");

        _namespace.Run(() => _network.RepairEni(Eni)).Should().BeEmpty();
        _kernel.Links.Get(eni).Mtu.Should().Be(1400u);
        _kernel.Addresses.List(new AddressFilter { Interface = eni, Family = IpFamily.IPv4 }).Select(a => a.Address).Should().Equal(InterfaceAddress.Host(NodeAddress));
        var table = OwnedObjects.TableOf(eni);
        var route = _kernel.Routes.List(new RouteFilter { Family = IpFamily.IPv4, Table = table }).Should().ContainSingle().Subject;
        route.Gateway.Should().Be(IPAddress.Parse("10.0.0.253"));

        _kernel.Routes.Delete(route);
        _namespace.Run(() => _network.RepairEni(Eni)).Should().ContainSingle().Which.Should().Contain("default via 10.0.0.253").And.Contain("missing");
        _kernel.Routes.List(new RouteFilter { Family = IpFamily.IPv4, Table = table }).Should().ContainSingle();
    }

    [Fact]
    public void An_ENI_that_leaves_is_taken_out_of_service()
    {
        var eni = AddLink("eth1", EniMac);
        _namespace.Run(() => _network.PrepareAsync(Eni, CancellationToken.None).AsTask()).IsCompletedSuccessfully.Should().BeTrue();

        _namespace.Run(() => _network.RemoveAsync(Eni, CancellationToken.None).AsTask()).IsCompletedSuccessfully.Should().BeTrue();

        (_kernel.Links.Get(eni).Flags & LinkFlags.Up).Should().Be(LinkFlags.None);
        _kernel.Routes.List(new RouteFilter { Family = IpFamily.IPv4, Table = OwnedObjects.TableOf(eni) }).Should().BeEmpty();
    }

    [Fact]
    public void The_host_side_of_a_pod_is_mended_seen_and_removed()
    {
        var eni = AddLink("eth1", EniMac);
        _kernel.Links.SetUp(eni);
        _namespace.Run(() => _network.HasHostLink(Pod)).Should().BeFalse();
        _kernel.Links.SetUp(AddLink(HostLink, MacAddress.Parse("02:00:00:00:00:07")));
        _namespace.Run(() => _network.Observe()).Should().BeEmpty();

        var first = _namespace.Run(() => _network.RepairHostSide(Pod));

        first.Should().Contain(d => d.Contains("from 10.0.0.5/32")).And.Contain(d => d.Contains("to 10.0.0.5/32")).And.Contain(d => d.Contains($"dev {HostLink}"));
        _namespace.Run(() => _network.RepairHostSide(Pod)).Should().BeEmpty();
        _namespace.Run(() => _network.HasHostLink(Pod)).Should().BeTrue();
        _namespace.Run(() => _network.Observe()).Should().Equal(new ObservedAttachment(PodAddress));

        _kernel.Rules.Delete(_kernel.Rules.List(new RuleFilter { Priority = OwnedObjects.FromPodPriority }).Single());
        _namespace.Run(() => _network.RepairHostSide(Pod)).Should().ContainSingle().Which.Should().Contain("from 10.0.0.5/32").And.Contain("missing");

        _namespace.Run(() => _network.RemoveHostSide(Pod));
        _namespace.Run(() => _network.RemoveHostSide(Pod));

        OwnRules().Should().BeEmpty();
        _namespace.Run(() => _network.HasHostLink(Pod)).Should().BeFalse();
        _namespace.Run(() => _network.Observe()).Should().BeEmpty();
    }

    [Fact]
    public void Only_stale_rules_of_our_form_are_removed()
    {
        var table = RouteTable.FromId(1003);
        RuleMessage[] rules =
        [
            new() { Priority = 2048, Source = IPNetwork.Parse("10.0.0.6/32"), Table = table },
            new() { Priority = 2048, Source = IPNetwork.Parse("10.0.0.7/32"), Table = table },
            new() { Priority = 2048, Source = IPNetwork.Parse("10.0.0.6/32"), InputInterface = "lo", Table = table },
            new() { Priority = 600, Source = IPNetwork.Parse("10.0.0.6/32"), Table = table },
        ];
        foreach (var rule in rules)
            _kernel.Rules.Add(rule);

        var removed = _namespace.Run(() => _network.RemoveStaleRules(a => a.Equals(IPAddress.Parse("10.0.0.6"))));

        removed.Should().ContainSingle().Which.Should().Contain("10.0.0.6");
        _kernel.Rules.List(new RuleFilter { Family = IpFamily.IPv4 }).Where(r => r.Table == table).Should().HaveCount(3);
    }

    [Fact]
    public async Task An_ENI_that_is_late_is_waited_for()
    {
        var waiting = _namespace.Run(() => EniArrival.WaitAsync(EniMac, CancellationToken.None));
        AddLink("other", MacAddress.Parse("00:16:3e:00:00:02"));
        waiting.IsCompleted.Should().BeFalse();

        var index = AddLink("eth1", EniMac);

        var link = await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        link.Index.Should().Be(index);
    }

    [Fact]
    public async Task Waiting_for_an_ENI_that_never_comes_ends_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _namespace.Run(() => EniArrival.WaitAsync(EniMac, cancellation.Token));

        await cancellation.CancelAsync();

        await waiting.Awaiting(w => w).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void A_sandbox_is_there_as_long_as_its_namespace_is()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["left-behind"], "");

        _network.HasNamespace("/proc/self/ns/net").Should().BeTrue();
        _network.HasNamespace("/run/netns/no-such-namespace").Should().BeFalse();
        _network.HasNamespace(folder["left-behind"]).Should().BeFalse();
    }

    private IfIndex AddLink(string name, MacAddress mac, uint mtu = 1500)
    {
        _kernel.Links.Add(new LinkMessage
        {
            Name = name,
            Mac = mac,
            Mtu = mtu,
            Kind = new VethKind { Peer = new LinkMessage { Name = $"p-{name}"[..Math.Min(15, name.Length + 2)], Mtu = mtu, Namespace = _far } },
        });
        using var far = RtNetlink.Open(_far);
        far.Links.SetUp(far.Links.Get($"p-{name}"[..Math.Min(15, name.Length + 2)]).Index);
        return _kernel.Links.Get(name).Index;
    }

    private IEnumerable<RuleMessage> OwnRules() =>
        _kernel.Rules.List().Where(r => r.Priority is OwnedObjects.ToPodPriority or OwnedObjects.FromPodPriority);
}
