using System.Net;
using System.Net.Sockets;

namespace Terway.Netlink.KernelTests;

public sealed class ConntrackKernelTests : IDisposable
{
    private static readonly IPAddress Pod = IPAddress.Parse("10.0.0.5");
    private static readonly IPAddress Peer = IPAddress.Parse("10.0.0.6");
    private static readonly IPAddress PodV6 = IPAddress.Parse("fd00::5");
    private static readonly IPAddress Service = IPAddress.Parse("10.96.0.1");

    private readonly KernelNamespace _host = new();
    private readonly Conntrack _conntrack;

    public ConntrackKernelTests()
    {
        _conntrack = Conntrack.Open(_host.Namespace);
        _host.Netlink.Links.SetUp(IfIndex.Loopback);
        foreach (var address in new[] { "10.0.0.5/32", "10.0.0.6/32", "10.0.0.7/32", "10.96.0.1/32" })
            _host.Netlink.Addresses.Add(IfIndex.Loopback, InterfaceAddress.Parse(address));
        foreach (var address in new[] { "fd00::5/128", "fd00::6/128" })
            _host.Netlink.Addresses.Add(new AddressMessage { Interface = IfIndex.Loopback, Address = InterfaceAddress.Parse(address), Flags = AddressFlags.NoDuplicateDetection });
        // Conntrack starts where a rule asks for it.
        _host.Execute("nft", "add table inet t; add chain inet t o { type filter hook output priority 0; }; add rule inet t o ct state new counter; "
            + "add table ip n; add chain ip n o { type nat hook output priority -100; }; add rule ip n o ip daddr 10.96.0.1 udp dport 53 dnat to 10.0.0.5:5353");
    }

    public void Dispose()
    {
        _conntrack.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Connections_are_what_conntrack_lists()
    {
        Send(Pod, Peer, 80);
        Send(PodV6, IPAddress.Parse("fd00::6"), 81);

        var entries = _conntrack.List();

        var listed = _host.Execute("conntrack", "-L") + _host.Execute("conntrack", "-L", "-f", "ipv6");
        entries.Should().Contain(entry => entry.Original.Source.Equals(Pod) && entry.Original.Destination.Equals(Peer)
            && entry.Original.Protocol == 17 && entry.Original.DestinationPort == 80 && entry.Reply.Source.Equals(Peer));
        entries.Should().Contain(entry => entry.Original.Source.Equals(PodV6) && entry.Original.DestinationPort == 81);
        foreach (var entry in entries)
            listed.Should().Contain($"src={entry.Original.Source} dst={entry.Original.Destination} sport={entry.Original.SourcePort} dport={entry.Original.DestinationPort}");
        entries.Should().OnlyContain(entry => entry.Timeout > TimeSpan.Zero && entry.Id != null && entry.Status!.Value.HasFlag(ConntrackStatus.Confirmed));
        _conntrack.List(IpFamily.IPv6).Should().ContainSingle().Which.Original.Source.Should().Be(PodV6);
        _conntrack.Count().Should().Be(entries.Count);
    }

    [Fact]
    public void Address_is_found_at_each_end_before_and_after_translation()
    {
        Send(Pod, Peer, 80);
        Send(Peer, Pod, 81);
        Send(Peer, Service, 53);
        Send(Peer, IPAddress.Parse("10.0.0.7"), 82);

        var entries = _conntrack.List(Pod);

        entries.Select(entry => entry.Original.DestinationPort).Should().BeEquivalentTo(new ushort?[] { 80, 81, 53 });
        entries.Should().OnlyContain(entry => entry.Involves(Pod));
        _conntrack.List(Service).Should().ContainSingle().Which.Status.Should().HaveFlag(ConntrackStatus.DestinationNat);
        _conntrack.List(IPAddress.Parse("10.0.0.99")).Should().BeEmpty();
        _conntrack.List(PodV6).Should().BeEmpty();
    }

    [Fact]
    public void Connections_of_an_address_are_deleted_and_no_others()
    {
        Send(Pod, Peer, 80);
        Send(Peer, Service, 53);
        Send(Peer, IPAddress.Parse("10.0.0.7"), 82);
        Send(PodV6, IPAddress.Parse("fd00::6"), 83);

        _conntrack.DeleteAll(Pod).Should().Be(2);

        _conntrack.List().Select(entry => entry.Original.DestinationPort).Should().BeEquivalentTo(new ushort?[] { 82, 83 });
        _conntrack.DeleteAll(PodV6).Should().Be(1);
        _conntrack.DeleteAll(PodV6).Should().Be(0);
        _conntrack.Count().Should().Be(1);
    }

    [Fact]
    public void Delete_of_a_connection_that_is_gone_says_so()
    {
        Send(Pod, Peer, 80);
        var entry = _conntrack.List(Pod).Should().ContainSingle().Subject;

        _conntrack.TryDelete(entry).Should().BeTrue();
        _conntrack.TryDelete(entry).Should().BeFalse();
        Send(Pod, Peer, 80, entry.Original.SourcePort!.Value);
        _conntrack.TryDelete(_conntrack.List(Pod).Single() with { Id = entry.Id + 1 }).Should().BeFalse("that is another one");

        _conntrack.List(Pod).Should().ContainSingle();
    }

    private void Send(IPAddress from, IPAddress to, int port, int sourcePort = 0) => _host.Namespace.Run(() =>
    {
        using var socket = new Socket(from.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(from, sourcePort));
        socket.SendTo([1], new IPEndPoint(to, port));
    });
}
