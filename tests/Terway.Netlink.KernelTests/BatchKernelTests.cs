using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class BatchKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();
    private readonly IfIndex _link;

    public BatchKernelTests() => (_link, _) = _host.AddVeth();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Result_names_each_change_that_failed()
    {
        var batch = _host.Netlink.CreateBatch();
        for (var i = 0; i < 1000; i++)
            batch.Routes.Add(Route(i));
        batch.Routes.Add(Route(7));
        batch.Rules.Add(new RuleMessage { Priority = 512, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.FromId(1002) });
        batch.Addresses.Add(new IfIndex(99), InterfaceAddress.Parse("10.0.0.1/32"));

        var result = batch.Execute();

        result.Count.Should().Be(1003);
        result.Failures.Select(failure => failure.Index).Should().Equal(1000, 1002);
        result.Failures[0].Error.Message.Should().Be($"add route 10.0.7.0/24 dev if{_link}: File exists");
        result.Failures[1].Error.IsNotFound.Should().BeTrue();
        _host.Netlink.Routes.List(new RouteFilter { Table = RouteTable.Main, Type = RouteType.Unicast, Family = IpFamily.IPv4 }).Should().HaveCount(1000);
        _host.Netlink.Rules.List(new RuleFilter { Priority = 512 }).Should().ContainSingle();
        var throwing = () => result.ThrowIfFailed(e => e.IsAlreadyExists);
        throwing.Should().Throw<NetlinkException>().Which.IsNotFound.Should().BeTrue();
    }

    [Fact]
    public void No_refusal_is_lost_when_every_change_fails()
    {
        const int Changes = 5000;
        var batch = _host.Netlink.CreateBatch();
        for (var i = 0; i < Changes; i++)
            batch.Routes.Delete(Route(i));

        var result = batch.Execute();

        result.Failures.Should().HaveCount(Changes).And.OnlyContain(failure => failure.Error.IsNotFound);
        batch.Count.Should().Be(0);
        batch.Execute().Succeeded.Should().BeTrue("an empty batch has nothing to fail");
    }

    [Fact]
    public void Batch_and_single_requests_share_a_connection()
    {
        var batch = _host.Netlink.CreateBatch();
        batch.Routes.Add(Route(1));
        _host.Netlink.Routes.Add(Route(2));
        batch.Routes.Add(Route(3));

        batch.Execute().ThrowIfFailed();

        _host.Netlink.Routes.List(new RouteFilter { OutputInterface = _link, Family = IpFamily.IPv4, Type = RouteType.Unicast }).Should().HaveCount(3);
    }

    [Fact]
    public void Threads_take_turns_on_one_connection()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 50; i++)
            {
                _host.Netlink.Routes.Add(Route(thread * 50 + i));
                _host.Netlink.Links.Get(_link).Name.Should().Be("v0");
            }
        });

        _host.Netlink.Routes.List(new RouteFilter { OutputInterface = _link, Family = IpFamily.IPv4, Type = RouteType.Unicast }).Should().HaveCount(400);
    }

    [Fact]
    public void Dump_of_many_routes_reads_each_once()
    {
        const int Routes = 20_000;
        var batch = _host.Netlink.CreateBatch();
        for (var i = 0; i < Routes; i++)
            batch.Routes.Add(Route(i));
        batch.Execute().ThrowIfFailed();
        var counter = new Counter(_link);

        _host.Netlink.Routes.Visit(ref counter, new RouteFilter { Family = IpFamily.IPv4, Table = RouteTable.Main });

        counter.Seen.Should().HaveCount(Routes);
        _host.Netlink.Routes.List(new RouteFilter { Family = IpFamily.IPv4, Table = RouteTable.Main })
            .Select(route => route.Destination).Distinct().Should().HaveCount(Routes);
    }

    private RouteMessage Route(int number) => new()
    {
        Destination = new(new IPAddress([10, (byte)(number >> 8), (byte)number, 0]), 24),
        OutputInterface = _link,
    };

    private struct Counter(IfIndex link) : IRouteVisitor
    {
        internal HashSet<int> Seen { get; } = [];

        public readonly void Begin() => Seen.Clear();

        public readonly void Visit(RouteView route)
        {
            if (route.OutputInterface == link && route.DestinationLength == 24)
                Seen.Add(route.Destination[1] << 8 | route.Destination[2]);
        }
    }
}
