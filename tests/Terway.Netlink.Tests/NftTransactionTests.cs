using System.Net;
using System.Runtime.InteropServices;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests;

public sealed class NftTransactionTests
{
    private static readonly NftTableKey Table = new(NftFamily.IPv4, "t");
    private static readonly NftSetKey Pods = new(Table, "pods");

    [Fact]
    public void Only_the_last_change_asks_for_an_acknowledgement_and_the_generation_is_named_when_given()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Headers(sent)[^2].Sequence, 0)] };
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();

        foreach (var generation in new uint?[] { null, 0x01020304 })
        {
            transaction.Chains.Add(new NftChainKey(Table, "a"));
            transaction.Chains.Add(new NftChainKey(Table, "b"));
            transaction.Commit(generation).Succeeded.Should().BeTrue();
        }

        var (plain, named) = (Headers(transport.Sent[0]), Headers(transport.Sent[1]));
        plain.Select(header => header.Type).Should().Equal(
            NetfilterConstants.NFNL_MSG_BATCH_BEGIN, NfTablesConstants.NFT_MSG_NEWCHAIN, NfTablesConstants.NFT_MSG_NEWCHAIN, NetfilterConstants.NFNL_MSG_BATCH_END);
        plain.Select(header => (header.Flags & NLM_F_ACK) != 0).Should().Equal(false, false, true, false);
        plain.Select(header => header.Sequence - plain[0].Sequence).Should().Equal(0u, 1u, 2u, 3u);
        Convert.ToHexString(transport.Sent[0].AsSpan(NLMSG_HDRLEN, (int)plain[0].Length - NLMSG_HDRLEN)).Should().Be("0000000A");
        Convert.ToHexString(transport.Sent[1].AsSpan(NLMSG_HDRLEN, (int)named[0].Length - NLMSG_HDRLEN)).Should().Be("0000000A0800010001020304");
        named[0].Sequence.Should().BeGreaterThan(plain[^1].Sequence, "a late answer to the first must not be taken for one to the second");
    }

    [Fact]
    public void Elements_beyond_what_an_attribute_holds_go_on_in_the_next_message()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Headers(sent)[^2].Sequence, 0)] };
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();
        var elements = Enumerable.Range(0, 20_000).Select(i => new NftElement(NftData.NetworkOrder((uint)i)) { Comment = $"number {i}" }).ToArray();

        transaction.Elements.Add(Pods, elements).Should().Be(0);
        transaction.Commit().ThrowIfFailed();

        var lists = Lists(transport.Sent.Should().ContainSingle().Subject);
        lists.Should().HaveCountGreaterThan(10);
        lists.Should().AllSatisfy(list => list.Set.Should().Be(Pods));
        lists.SelectMany(list => (IEnumerable<NftElement>)list.Elements).Should().Equal(elements);
    }

    [Fact]
    public void Refusal_of_an_element_is_counted_from_the_first_of_the_change()
    {
        const int Refused = 12_345;
        using var transport = new ScriptedTransport { Answer = sent => RefuseElement(sent, Refused) };
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();
        transaction.Sets.Flush(Pods);
        transaction.Elements.Add(Pods, Enumerable.Range(0, 20_000).Select(i => new NftElement(NftData.NetworkOrder((uint)i))).ToArray());

        var failure = transaction.Commit().Failures.Should().ContainSingle().Subject;

        (failure.Change, failure.Element, failure.Error.Errno).Should().Be((1, Refused, Errno.Exists));
        failure.Error.Message.Should().Be("add elements to set ip t pods: File exists");
    }

    [Fact]
    public void Refusal_of_the_whole_ends_the_wait_and_its_late_answer_is_passed_over()
    {
        using var transport = new ScriptedTransport
        {
            Answer = sent => Headers(sent) is var headers && headers.Count == 1
                ? [ScriptedTransport.Message(NfTablesConstants.NFT_MSG_NEWGEN, 0, headers[0].Sequence, [0, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 9]), ScriptedTransport.Ack(headers[0].Sequence, 0)]
                : [ScriptedTransport.Ack(headers[0].Sequence, (int)Errno.Restart), ScriptedTransport.Ack(headers[^2].Sequence, 0)],
        };
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();
        transaction.Chains.Add(new NftChainKey(Table, "a"));

        var result = transaction.Commit(generation: 8);

        result.IsStale.Should().BeTrue();
        nftables.GetGeneration().Id.Should().Be(9);
    }

    [Fact]
    public void Invalid_argument_leaves_the_transaction_as_it_was()
    {
        using var transport = new ScriptedTransport();
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();
        transaction.Chains.Add(new NftChainKey(Table, "a"));
        var length = transaction.Length;

        var delete = () => transaction.Rules.Delete(new NftRule { Chain = new(Table, "a") });

        delete.Should().Throw<ArgumentException>();
        (transaction.Count, transaction.Length).Should().Be((1, length));
    }

    [Fact]
    public void Member_change_allocates_little_and_a_longer_one_no_more()
    {
        using var transport = new CountingTransport();
        using var nftables = new NfTables(transport);
        var transaction = nftables.CreateTransaction();
        var element = new NftElement(NftData.Address(IPAddress.Parse("10.0.0.5")));
        var many = Enumerable.Repeat(element, 1000).ToArray();

        long Measure(int rounds, Action change)
        {
            for (var i = 0; i < 10; i++)
                change();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rounds; i++)
                change();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
        }

        var one = Measure(1000, () =>
        {
            transaction.Elements.Add(Pods, element);
            transaction.Commit();
        });
        var thousand = Measure(1000, () =>
        {
            transaction.Elements.Add(Pods, many);
            transaction.Commit();
        });

        one.Should().BeLessThan(512);
        thousand.Should().BeLessThanOrEqualTo(one + 16);
    }

    [Fact]
    public void Dump_that_shows_an_element_twice_is_read_again()
    {
        var dumps = 0;
        using var transport = new ScriptedTransport
        {
            Answer = sent =>
            {
                var sequence = Headers(sent)[0].Sequence;
                uint[] first = dumps++ == 0 ? [1, 2, 2] : [1, 2, 3];
                return [ElementsMessage(sequence, first[..2]), ElementsMessage(sequence, first[2..]), ScriptedTransport.Done(sequence)];
            },
        };
        using var nftables = new NfTables(transport);

        nftables.ListElements(Pods).Select(element => element.Key).Should().Equal(NftData.NetworkOrder(1u), NftData.NetworkOrder(2u), NftData.NetworkOrder(3u));
        dumps.Should().Be(2);
    }

    private static byte[] ElementsMessage(uint sequence, uint[] keys)
    {
        var buffer = new NetlinkBuffer(64);
        var writer = new NetlinkWriter(buffer);
        INetlinkRequest list = new NftElementList { Set = Pods, Elements = [.. keys.Select(key => new NftElement(NftData.NetworkOrder(key)))] };
        list.Write(ref writer, NfTablesConstants.NFT_MSG_NEWSETELEM);
        return ScriptedTransport.Message(NfTablesConstants.NFT_MSG_NEWSETELEM, NLM_F_MULTI, sequence, buffer.Written);
    }

    /// <summary>The kernel's answer that names the attribute of an element.</summary>
    private static IEnumerable<byte[]> RefuseElement(byte[] sent, int element)
    {
        const int ElementLength = 16;
        var reader = new NetlinkReader(sent);
        var (refused, last) = (default(byte[]), 0u);
        while (reader.TryReadMessage(out var header, out var body))
        {
            if (header.Type == NfTablesConstants.NFT_MSG_NEWSETELEM)
            {
                var list = NftElementListOf(body);
                var first = sent.Length - reader.Rest.Length - (list.Elements.Count * ElementLength);
                var start = sent.Length - reader.Rest.Length - (int)header.Length;
                if (element >= 0 && element < list.Elements.Count)
                    refused = Refusal(header, first - start + (element * ElementLength));
                element -= list.Elements.Count;
            }
            if (header.Type != NetfilterConstants.NFNL_MSG_BATCH_END)
                last = header.Sequence;
        }
        return [refused!, ScriptedTransport.Ack(last, 0)];
    }

    private static byte[] Refusal(NetlinkHeader request, int offset)
    {
        var body = new byte[sizeof(int) + NLMSG_HDRLEN + 8];
        MemoryMarshal.Write(body, -(int)Errno.Exists);
        MemoryMarshal.Write(body.AsSpan(sizeof(int)), request);
        MemoryMarshal.Write(body.AsSpan(sizeof(int) + NLMSG_HDRLEN), (ushort)8);
        MemoryMarshal.Write(body.AsSpan(sizeof(int) + NLMSG_HDRLEN + 2), NLMSGERR_ATTR_OFFS);
        MemoryMarshal.Write(body.AsSpan(sizeof(int) + NLMSG_HDRLEN + 4), offset);
        return ScriptedTransport.Message(NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS, request.Sequence, body);
    }

    private static List<NftElementList> Lists(byte[] datagram)
    {
        var lists = new List<NftElementList>();
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out var body))
        {
            if (header.Type == NfTablesConstants.NFT_MSG_NEWSETELEM)
                lists.Add(NftElementListOf(body));
        }
        return lists;
    }

    private static NftElementList NftElementListOf(NetlinkReader body) => Read<NftElementList>(body);

    private static T Read<T>(NetlinkReader body)
        where T : class, INetlinkMessage<T> => T.Read(body);

    private static List<NetlinkHeader> Headers(byte[] datagram)
    {
        var headers = new List<NetlinkHeader>();
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out _))
            headers.Add(header);
        return headers;
    }

    /// <summary>Acknowledges every transaction without a byte of garbage.</summary>
    private sealed class CountingTransport : INetlinkTransport
    {
        private readonly byte[] _ack = ScriptedTransport.Ack(0, 0);

        public void Reserve(int length, int answers)
        {
            // Memory has no bound that matters here.
        }

        public void Send(ReadOnlySpan<byte> requests)
        {
            var reader = new NetlinkReader(requests);
            while (reader.TryReadMessage(out var header, out _))
            {
                if ((header.Flags & NLM_F_ACK) != 0)
                    MemoryMarshal.AsRef<NetlinkHeader>(_ack.AsSpan()).Sequence = header.Sequence;
            }
        }

        public int NextLength() => _ack.Length;

        public int Receive(Span<byte> buffer)
        {
            _ack.CopyTo(buffer);
            return _ack.Length;
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
