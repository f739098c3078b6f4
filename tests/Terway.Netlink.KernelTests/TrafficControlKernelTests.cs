using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class TrafficControlKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();
    private readonly IfIndex _first;
    private readonly IfIndex _second;

    public TrafficControlKernelTests() => (_first, _second) = _host.AddVeth();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Token_bucket_is_the_one_that_tc_makes()
    {
        _host.Execute("tc", "qdisc", "replace", "dev", "v1", "root", "handle", "1:", "tbf", "rate", "10mbit", "burst", "3000", "latency", "25ms");

        _host.Netlink.Qdiscs.Replace(new QdiscMessage
        {
            Interface = _first,
            Handle = TcHandle.Of(1),
            Kind = TbfQdisc.ForRate(1_250_000, 3000, TimeSpan.FromMilliseconds(25), TcClock.Parse(File.ReadAllText("/proc/net/psched"))),
        });

        var ours = _host.Tc("qdisc show dev v0").Single();
        var theirs = _host.Tc("qdisc show dev v1").Single();
        ours.GetProperty("options").ToString().Should().Be(theirs.GetProperty("options").ToString());
        ours.Text("handle").Should().Be("1:");
        var bucket = _host.Netlink.Qdiscs.List(new QdiscFilter { Interface = _first }).Single().Kind.Should().BeOfType<TbfQdisc>().Subject;
        (bucket.Rate, bucket.Limit).Should().Be((1_250_000ul, 34_250u));
    }

    [Fact]
    public void Rate_above_four_gigabytes_per_second_is_kept()
    {
        const ulong Rate = 6_000_000_000;

        _host.Netlink.Qdiscs.Replace(new QdiscMessage
        {
            Interface = _first,
            Kind = TbfQdisc.ForRate(Rate, 10_000_000, TimeSpan.Zero, TcClock.Default),
        });

        ((TbfQdisc)_host.Netlink.Qdiscs.List(new QdiscFilter { Interface = _first }).Single().Kind!).Rate.Should().Be(Rate);
    }

    [Fact]
    public void Qdisc_is_deleted_and_a_second_time_not_found()
    {
        var qdisc = new QdiscMessage { Interface = _first, Handle = TcHandle.Of(2), Kind = new HtbQdisc { DefaultClass = 0x10 } };
        _host.Netlink.Qdiscs.Add(qdisc);
        _host.Tc("qdisc show dev v0").Single().GetProperty("options").Text("default").Should().Be("0x10");

        _host.Netlink.Qdiscs.TryDelete(_first, TcHandle.Root).Should().BeTrue();

        _host.Netlink.Qdiscs.TryDelete(_first, TcHandle.Root).Should().BeFalse();
        var delete = () => _host.Netlink.Qdiscs.Delete(qdisc);
        delete.Should().Throw<NetlinkException>().WithMessage("delete qdisc htb 2: dev if*root: Invalid argument (Invalid handle)");
    }

    [Fact]
    public void Filter_redirects_packets_of_a_source()
    {
        _host.Netlink.Qdiscs.Add(QdiscMessage.Clsact(_first));
        var keys = U32Key.FromSource(IPNetwork.Parse("10.0.0.5/32"));

        _host.Netlink.Filters.Add(new FilterMessage
        {
            Interface = _first,
            Parent = TcHandle.ClsactEgress,
            Priority = 50001,
            Protocol = EtherType.IPv4,
            Kind = new U32Filter
            {
                Keys = keys,
                Actions = [new MirredAction { Direction = MirredDirection.EgressRedirect, Interface = _second, Control = TcControl.Stolen }],
            },
        });

        var shown = _host.Execute("tc", "filter", "show", "dev", "v0", "egress");
        shown.Should().Contain("pref 50001 u32").And.Contain("match 0a000005/ffffffff at 12").And.Contain("Egress Redirect to device v1");
        var query = new FilterQuery { Interface = _first, Parent = TcHandle.ClsactEgress, Priority = 50001 };
        var read = _host.Netlink.Filters.List(query).Single(f => f.Kind is U32Filter { Keys.IsEmpty: false });
        var filter = (U32Filter)read.Kind!;
        filter.Keys.Should().Equal(keys);
        filter.Actions.Should().ContainSingle().Which.Should().BeOfType<MirredAction>().Which.Interface.Should().Be(_second);
        _host.Netlink.Filters.Delete(new FilterMessage
        {
            Interface = _first,
            Parent = TcHandle.ClsactEgress,
            Priority = 50001,
            Protocol = EtherType.IPv4,
            Handle = read.Handle,
            Kind = new U32Filter { Keys = [] },
        });
        _host.Netlink.Filters.List(query).Should().NotContain(f => f.Handle == read.Handle);
    }

    [Fact]
    public void Filter_classifies_into_an_htb()
    {
        _host.Netlink.Qdiscs.Add(new QdiscMessage { Interface = _first, Handle = TcHandle.Of(2), Kind = new HtbQdisc() });

        _host.Netlink.Filters.Add(new FilterMessage
        {
            Interface = _first,
            Parent = TcHandle.Of(2),
            Priority = 1,
            Protocol = EtherType.IPv6,
            Kind = new U32Filter { Keys = U32Key.FromDestination(IPNetwork.Parse("fd00:1:2::/48")), ClassId = TcHandle.Of(2, 0x10) },
        });

        _host.Execute("tc", "filter", "show", "dev", "v0").Should().Contain("flowid 2:10").And.Contain("match fd000001/ffffffff at 24");
    }

    [Fact]
    public void Program_is_attached_as_a_filter()
    {
        using var program = BpfProgram.LoadAccepting();
        _host.Netlink.Qdiscs.Add(QdiscMessage.Clsact(_first));

        _host.Netlink.Filters.Add(new FilterMessage
        {
            Interface = _first,
            Parent = TcHandle.ClsactIngress,
            Priority = 25000,
            Kind = new BpfFilter { ProgramDescriptor = program.Descriptor, ProgramName = "accept" },
        });

        _host.Execute("tc", "filter", "show", "dev", "v0", "ingress").Should().Contain("accept direct-action");
        var read = _host.Netlink.Filters.List(new FilterQuery { Interface = _first, Parent = TcHandle.ClsactIngress })
            .Select(f => f.Kind).OfType<BpfFilter>().Single(f => f.ProgramId is not null);
        (read.ProgramName, read.IsDirectAction).Should().Be(("accept", true));
    }

    [Fact]
    public void Unknown_kind_is_an_error_that_says_so()
    {
        var add = () => _host.Netlink.Qdiscs.Add(new QdiscMessage { Interface = _first, Kind = new OtherQdisc("nosuch") });

        add.Should().Throw<NetlinkException>().Where(e => e.IsNotFound).WithMessage("*nosuch*Specified qdisc kind is unknown*");
    }
}
