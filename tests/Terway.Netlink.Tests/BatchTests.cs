using System.Net;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests;

public sealed class BatchTests
{
    [Fact]
    public void Only_the_last_request_of_a_datagram_asks_for_an_acknowledgement()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Headers(sent)[^1].Sequence, 0)] };
        using var netlink = new RtNetlink(transport);
        var batch = netlink.CreateBatch();
        for (var i = 0; i < 300; i++)
            batch.Routes.Add(Route(i));

        batch.Execute().Succeeded.Should().BeTrue();

        var datagrams = transport.Sent.ConvertAll(Headers);
        datagrams.Should().HaveCountGreaterThan(1);
        datagrams.Should().AllSatisfy(headers =>
        {
            headers.Should().HaveCountLessThanOrEqualTo(128, "more refusals than that might not fit the receive buffer");
            headers.Select(header => (header.Flags & NLM_F_ACK) != 0).Should().Equal(headers.Select((_, i) => i == headers.Count - 1));
        });
        datagrams.SelectMany(headers => headers).Select(header => header.Sequence).Should().OnlyHaveUniqueItems().And.HaveCount(300);
    }

    [Fact]
    public void Long_requests_are_spread_over_datagrams()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Headers(sent)[^1].Sequence, 0)] };
        using var netlink = new RtNetlink(transport);
        var batch = netlink.CreateBatch();
        var hops = Enumerable.Range(1, 250).Select(i => new NextHop { OutputInterface = new(i), Gateway = IPAddress.Parse("fd00::1") }).ToArray();
        for (var i = 0; i < 20; i++)
            batch.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse($"fd0{i % 10}::/{64 + i}"), NextHops = [.. hops] });

        batch.Execute().Succeeded.Should().BeTrue();

        transport.Sent.Should().HaveCountGreaterThan(1).And.OnlyContain(sent => sent.Length <= 64 * 1024);
    }

    [Fact]
    public void Refusals_are_found_by_their_position()
    {
        using var transport = new ScriptedTransport
        {
            Answer = sent => Headers(sent) is var headers
                ? [ScriptedTransport.Ack(headers[1].Sequence, (int)Errno.Exists), ScriptedTransport.Ack(headers[2].Sequence, (int)Errno.NoDevice)]
                : [],
        };
        using var netlink = new RtNetlink(transport);
        var batch = netlink.CreateBatch();
        batch.Routes.Add(Route(0));
        batch.Routes.Add(Route(1));
        batch.Links.SetUp(new IfIndex(9));

        var result = batch.Execute();

        result.Failures.Select(failure => (failure.Index, failure.Error.Message)).Should().Equal(
            (1, "add route 10.0.1.0/24 dev if2: File exists"),
            (2, "set link if9 up: No such device"));
    }

    [Fact]
    public void Invalid_argument_leaves_the_batch_as_it_was()
    {
        using var transport = new ScriptedTransport();
        using var netlink = new RtNetlink(transport);
        var batch = netlink.CreateBatch();
        batch.Routes.Add(Route(0));

        var rename = () => batch.Links.Rename(new IfIndex(2), "a/b");

        rename.Should().Throw<ArgumentException>();
        batch.Count.Should().Be(1);
    }

    private static List<NetlinkHeader> Headers(byte[] datagram)
    {
        var headers = new List<NetlinkHeader>();
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out _))
            headers.Add(header);
        return headers;
    }

    private static RouteMessage Route(int number) => new()
    {
        Destination = new(new IPAddress([10, (byte)(number >> 8), (byte)number, 0]), 24),
        OutputInterface = new(2),
    };
}
