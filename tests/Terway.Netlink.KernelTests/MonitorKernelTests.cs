using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class MonitorKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _timeout.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Changes_are_reported_in_order_after_a_first_resync()
    {
        using var monitor = NetworkMonitor.Open(_host.Namespace, NetworkChangeKinds.All);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        (await changes.MoveNextAsync()).Should().BeTrue();
        changes.Current.Should().BeOfType<NetworkResync>();
        var (link, _) = _host.AddVeth();
        _host.Netlink.Addresses.Add(link, InterfaceAddress.Parse("10.0.3.5/24"));
        _host.Netlink.Rules.Add(new RuleMessage { Priority = 512, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main });
        _host.Netlink.Neighbours.Add(NeighbourMessage.Permanent(link, IPAddress.Parse("10.0.3.9"), MacAddress.Parse("02:00:00:00:00:09")));
        _host.Netlink.Qdiscs.Add(QdiscMessage.Clsact(link));
        _host.Netlink.Links.Delete(link);

        var seen = new List<NetworkChange>();
        while (await changes.MoveNextAsync())
        {
            seen.Add(changes.Current);
            if (changes.Current is NetworkChange<LinkMessage> { Action: NetworkChangeAction.Removed, Message.Name: "v0" })
                break;
        }

        seen.OfType<NetworkChange<LinkMessage>>().First().Message.Name.Should().BeOneOf("v0", "v1");
        seen.OfType<NetworkChange<AddressMessage>>().Should().Contain(c => c.Message.Address == InterfaceAddress.Parse("10.0.3.5/24"));
        seen.OfType<NetworkChange<RouteMessage>>().Should().Contain(c => c.Message.Destination == IPNetwork.Parse("10.0.3.0/24"));
        seen.OfType<NetworkChange<RuleMessage>>().Should().Contain(c => c.Message.Priority == 512);
        seen.OfType<NetworkChange<NeighbourMessage>>().Should().Contain(c => c.Message.State == NeighbourStates.Permanent);
        seen.OfType<NetworkChange<QdiscMessage>>().Should().Contain(c => c.Message.Kind is ClsactQdisc);
    }

    [Fact]
    public async Task Overrun_ends_in_a_resync_and_what_is_older_is_thrown_away()
    {
        // Or the kernel would add routes of its own, whenever it notices the carrier.
        Sysctl.Ensure(_host.Namespace, [new(SysctlKey.Parse("net.ipv6.conf.default.disable_ipv6"), "1")]);
        var (link, _) = _host.AddVeth();
        using var monitor = NetworkMonitor.Open(_host.Namespace, NetworkChangeKinds.Routes, bufferSize: 8 * 1024);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();
        var batch = _host.Netlink.CreateBatch();
        for (var i = 0; i < 2000; i++)
            batch.Routes.Add(new RouteMessage { Destination = new(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24), OutputInterface = link });
        batch.Execute().ThrowIfFailed();

        await changes.MoveNextAsync();
        changes.Current.Should().BeOfType<NetworkResync>("2000 changes do not fit 8 KiB");
        var late = new RouteMessage { Destination = IPNetwork.Parse("192.168.7.0/24"), OutputInterface = link };
        _host.Netlink.Routes.Add(late);
        await changes.MoveNextAsync();

        changes.Current.Should().BeOfType<NetworkChange<RouteMessage>>().Which.Message.Destination.Should().Be(late.Destination);
    }

    [Fact]
    public async Task Port_that_leaves_its_bridge_is_not_reported_as_a_removed_link()
    {
        var (port, _) = _host.AddVeth();
        _host.Netlink.Links.Add(new LinkMessage { Name = "br0", Kind = new BridgeKind() });
        _host.Netlink.Links.SetMaster(port, _host.Netlink.Links.Get("br0").Index);
        using var monitor = NetworkMonitor.Open(_host.Namespace, NetworkChangeKinds.Links | NetworkChangeKinds.Rules);
        await using var changes = monitor.ReadAllAsync(_timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();

        _host.Netlink.Links.SetMaster(port, IfIndex.None);
        _host.Netlink.Rules.Add(new RuleMessage { Priority = 512, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main });

        var seen = new List<NetworkChange>();
        while (await changes.MoveNextAsync() && changes.Current is NetworkChange<LinkMessage>)
            seen.Add(changes.Current);
        seen.OfType<NetworkChange<LinkMessage>>().Should().Contain(c => c.Message.Index == port)
            .And.OnlyContain(c => c.Action == NetworkChangeAction.Set);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var monitor = NetworkMonitor.Open(_host.Namespace, NetworkChangeKinds.Links);
        using var stop = new CancellationTokenSource();
        await using var changes = monitor.ReadAllAsync(stop.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();
        var next = changes.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        var wait = () => next;
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }
}
