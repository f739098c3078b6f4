using System.Net;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink.Tests;

public sealed class AllocationTests
{
    public static TheoryData<string> Requests => [.. All.Keys];

    private static Dictionary<string, INetlinkRequest> All { get; } = new(StringComparer.Ordinal)
    {
        ["link"] = new LinkMessage
        {
            Name = "cali0123456789a",
            Mtu = 1400,
            Kind = new VethKind { Peer = new LinkMessage { Name = "eth0", Mac = MacAddress.Parse("02:00:00:00:00:01") } },
        },
        ["address"] = new AddressMessage { Interface = new(2), Address = InterfaceAddress.Parse("fd00::5/64") },
        ["route"] = new RouteMessage
        {
            Destination = IPNetwork.Parse("10.1.0.0/16"),
            Gateway = IPAddress.Parse("169.254.1.1"),
            OutputInterface = new(2),
            Table = RouteTable.FromId(1002),
            Metrics = new RouteMetrics { Mtu = 1300 },
        },
        ["rule"] = new RuleMessage { Priority = 2048, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.FromId(1002), InputInterface = "v0" },
        ["neighbour"] = NeighbourMessage.Permanent(new(2), IPAddress.Parse("169.254.1.1"), MacAddress.Parse("02:00:00:00:00:01")),
        ["qdisc"] = new QdiscMessage { Interface = new(2), Kind = TbfQdisc.ForRate(1_000_000, 3000, TimeSpan.FromMilliseconds(25), TcClock.Default) },
        ["filter"] = new FilterMessage { Interface = new(2), Kind = new U32Filter { Keys = U32Key.FromSource(IPNetwork.Parse("10.0.0.5/32")) } },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Writing_a_request_allocates_nothing(string name)
    {
        var request = All[name];
        var buffer = new NetlinkBuffer(4096);
        Write(buffer, request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Write(buffer, request);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static void Write(NetlinkBuffer buffer, INetlinkRequest request)
    {
        buffer.Clear();
        var writer = new NetlinkWriter(buffer);
        var start = writer.BeginMessage(RTM_NEWLINK, 0, 1);
        request.Write(ref writer, RTM_NEWROUTE);
        writer.EndMessage(start);
    }
}
