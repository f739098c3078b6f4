using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class NeighbourKernelTests : IDisposable
{
    private static readonly MacAddress Mac = MacAddress.Parse("02:00:00:00:00:09");

    private readonly KernelNamespace _host = new();
    private readonly IfIndex _link;

    public NeighbourKernelTests() => (_link, _) = _host.AddVeth();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1")]
    public void Permanent_neighbour_is_added_replaced_and_deleted(string address)
    {
        var neighbour = NeighbourMessage.Permanent(_link, IPAddress.Parse(address), Mac);
        _host.Netlink.Neighbours.Add(neighbour);
        _host.Netlink.Neighbours.Replace(neighbour with { Mac = MacAddress.Parse("02:00:00:00:00:0a") });

        var json = _host.Ip("neigh show dev v0").Single(n => n.Text("dst") == address);
        json.Text("lladdr").Should().Be("02:00:00:00:00:0a");
        json.Text("state").Should().Contain("PERMANENT");
        var read = _host.Netlink.Neighbours.List(new NeighbourFilter { Interface = _link, States = NeighbourStates.Permanent })
            .Single(n => n.Destination!.ToString() == address);
        read.Mac.Should().Be(MacAddress.Parse("02:00:00:00:00:0a"));
        _host.Netlink.Neighbours.Delete(read);
        _host.Netlink.Neighbours.TryDelete(read).Should().BeFalse();
    }

    [Fact]
    public void Proxies_are_listed_apart()
    {
        var proxy = NeighbourMessage.Proxy(_link, IPAddress.Parse("10.0.3.77"));
        _host.Netlink.Neighbours.Add(proxy);

        _host.Ip("neigh show proxy").Single().Text("dst").Should().Be("10.0.3.77");
        _host.Netlink.Neighbours.List(new NeighbourFilter { Proxies = true }).Single().Destination.Should().Be(IPAddress.Parse("10.0.3.77"));
        _host.Netlink.Neighbours.List(new NeighbourFilter { Family = IpFamily.IPv4 }).Should().BeEmpty();
        _host.Netlink.Neighbours.Delete(proxy);
        _host.Ip("neigh show proxy").Should().BeEmpty();
    }

    [Fact]
    public void Forwarding_entries_of_a_bridge_are_neighbours_too()
    {
        _host.Netlink.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind() });
        var bridge = _host.Netlink.Links.Get("br0").Index;
        _host.Netlink.Links.SetMaster(_link, bridge);

        _host.Netlink.Neighbours.Add(new NeighbourMessage
        {
            Family = IpFamily.Bridge,
            Interface = _link,
            Mac = Mac,
            State = NeighbourStates.Permanent,
            Flags = NeighbourFlags.Master,
        });

        var read = _host.Netlink.Neighbours.List(new NeighbourFilter { Family = IpFamily.Bridge }).Single(n => n.Mac == Mac);
        (read.Interface, read.Master).Should().Be((_link, bridge));
    }
}
