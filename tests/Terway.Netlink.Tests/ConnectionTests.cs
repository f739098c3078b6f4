using System.Net;
using Terway.Netlink.Tests.Captures;
using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink.Tests;

public sealed class ConnectionTests
{
    private static readonly RuleMessage Rule = new() { Priority = 512, Destination = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main };

    [Fact]
    public void Refusal_carries_errno_text_and_offset()
    {
        using var transport = new ScriptedTransport();
        transport.Prepared.Enqueue(Refusal(Errno.Invalid, "Invalid prefix for given prefix length", 28));
        using var netlink = new RtNetlink(transport);

        var add = () => netlink.Rules.Add(Rule);

        var error = add.Should().Throw<NetlinkException>()
            .WithMessage("add rule 512: from all to 10.0.0.5 lookup main: Invalid argument (Invalid prefix for given prefix length)").Which;
        (error.Errno, error.KernelMessage, error.Offset).Should().Be((Errno.Invalid, "Invalid prefix for given prefix length", 28));
        (error.Operation, error.Subject).Should().Be(("add rule", "512: from all to 10.0.0.5 lookup main"));
    }

    [Fact]
    public void Refusal_of_a_kernel_that_repeats_the_request_is_understood()
    {
        using var transport = new ScriptedTransport();
        transport.Prepared.Enqueue(Capture.Of("link-add-dummy").Answers[^1]);
        using var netlink = new RtNetlink(transport);

        var add = () => netlink.Links.Add(new LinkMessage { Name = "d0", Kind = new DummyKind() });

        add.Should().Throw<NetlinkException>().WithMessage("add link d0 type dummy: Operation not supported (Unknown device type)");
    }

    [Fact]
    public void Answer_to_an_earlier_request_is_passed_over()
    {
        using var transport = new ScriptedTransport
        {
            Answer = sent => [ScriptedTransport.Ack(Sequence(sent) - 1, (int)Errno.Busy), ScriptedTransport.Ack(Sequence(sent), 0)],
        };
        using var netlink = new RtNetlink(transport);

        var add = () => netlink.Rules.Add(Rule);

        add.Should().NotThrow();
    }

    [Theory]
    [InlineData(Errno.NoEntry)]
    [InlineData(Errno.NoSuchProcess)]
    [InlineData(Errno.NoDevice)]
    [InlineData(Errno.AddressNotAvailable)]
    public void Try_delete_says_false_when_nothing_is_there(Errno errno)
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Sequence(sent), (int)errno)] };
        using var netlink = new RtNetlink(transport);

        netlink.Rules.TryDelete(Rule).Should().BeFalse();
    }

    [Fact]
    public void Try_delete_throws_what_is_not_absence()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Ack(Sequence(sent), (int)Errno.NotPermitted)] };
        using var netlink = new RtNetlink(transport);

        var delete = () => netlink.Rules.TryDelete(Rule);

        delete.Should().Throw<NetlinkException>().WithMessage("delete rule 512: from all to 10.0.0.5 lookup main: Operation not permitted");
    }

    [Fact]
    public void Interrupted_dump_is_asked_for_again()
    {
        var link = Capture.Of("link-show").Answers[0];
        var dumps = 0;
        using var transport = new ScriptedTransport
        {
            Answer = sent => dumps++ == 0
                ? [ScriptedTransport.WithSequence(link, Sequence(sent)), ScriptedTransport.Done(Sequence(sent), NLM_F_MULTI | NLM_F_DUMP_INTR)]
                : [ScriptedTransport.WithSequence(link, Sequence(sent)), ScriptedTransport.Done(Sequence(sent))],
        };
        using var netlink = new RtNetlink(transport);

        netlink.Links.List().Should().ContainSingle("what the interrupted dump said is forgotten");

        dumps.Should().Be(2);
    }

    [Fact]
    public void Dump_that_is_always_interrupted_is_an_error()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Done(Sequence(sent), NLM_F_MULTI | NLM_F_DUMP_INTR)] };
        using var netlink = new RtNetlink(transport);

        var list = () => netlink.Links.List();

        list.Should().Throw<NetlinkException>().Where(e => e.Errno == Errno.TryAgain).WithMessage("list links*the table changed*");
        transport.Sent.Count.Should().BeInRange(2, 100);
    }

    [Fact]
    public void Error_at_the_end_of_a_dump_is_thrown()
    {
        using var transport = new ScriptedTransport
        {
            Answer = sent => [ScriptedTransport.Message(NLMSG_DONE, NLM_F_MULTI, Sequence(sent), BitConverter.GetBytes(-(int)Errno.Invalid))],
        };
        using var netlink = new RtNetlink(transport);

        var list = () => netlink.Neighbours.List();

        list.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.Invalid);
    }

    [Fact]
    public void Dump_longer_than_the_buffer_is_read_whole()
    {
        const ushort LongAttribute = 1000;
        var padding = new byte[60_000];
        using var transport = new ScriptedTransport
        {
            Answer = sent =>
            [
                ScriptedTransport.Message(RTM_NEWLINK, NLM_F_MULTI, Sequence(sent), LinkBody(7, LongAttribute, padding)),
                ScriptedTransport.Done(Sequence(sent)),
            ],
        };
        using var netlink = new RtNetlink(transport);

        var link = netlink.Links.List().Single();

        link.Index.Should().Be(new IfIndex(7));
        link.Unknown.TryGet(LongAttribute, out var payload).Should().BeTrue();
        payload.Length.Should().Be(padding.Length);
    }

    [Fact]
    public void Visitor_that_throws_leaves_a_usable_connection()
    {
        var link = Capture.Of("link-show").Answers[0];
        using var transport = new ScriptedTransport
        {
            Answer = sent =>
            [
                ScriptedTransport.WithSequence(link, Sequence(sent)),
                ScriptedTransport.WithSequence(link, Sequence(sent)),
                ScriptedTransport.Done(Sequence(sent)),
            ],
        };
        using var netlink = new RtNetlink(transport);
        var throwing = new Visitor(() => throw new InvalidOperationException("of the visitor"));

        var visit = () => netlink.Links.Visit(ref throwing);

        visit.Should().Throw<InvalidOperationException>().WithMessage("of the visitor");
        netlink.Links.List().Should().HaveCount(2);
    }

    [Fact]
    public void Visitor_cannot_use_the_connection_that_it_visits()
    {
        var link = Capture.Of("link-show").Answers[0];
        using var transport = new ScriptedTransport
        {
            Answer = sent => [ScriptedTransport.WithSequence(link, Sequence(sent)), ScriptedTransport.Done(Sequence(sent))],
        };
        using var netlink = new RtNetlink(transport);
        var nesting = new Visitor(() => netlink.Links.List());

        var visit = () => netlink.Links.Visit(ref nesting);

        visit.Should().Throw<InvalidOperationException>().WithMessage("*visitor*");
        netlink.Links.List().Should().ContainSingle();
    }

    [Fact]
    public void Malformed_answer_is_an_error_and_leaves_a_usable_connection()
    {
        var link = Capture.Of("link-show").Answers[0];
        var broken = true;
        using var transport = new ScriptedTransport
        {
            Answer = sent => broken
                ? [ScriptedTransport.Message(RTM_NEWLINK, NLM_F_MULTI, Sequence(sent), new byte[5]), ScriptedTransport.Done(Sequence(sent))]
                : [ScriptedTransport.WithSequence(link, Sequence(sent)), ScriptedTransport.Done(Sequence(sent))],
        };
        using var netlink = new RtNetlink(transport);

        var list = () => netlink.Links.List();

        list.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.BadMessage);
        broken = false;
        netlink.Links.List().Should().ContainSingle();
    }

    [Fact]
    public void Rules_are_asked_for_family_by_family()
    {
        using var transport = new ScriptedTransport { Answer = sent => [ScriptedTransport.Done(Sequence(sent))] };
        using var netlink = new RtNetlink(transport);

        netlink.Rules.List();

        transport.Sent.Select(sent => (IpFamily)sent[NLMSG_HDRLEN]).Should().Equal(IpFamily.IPv4, IpFamily.IPv6);
    }

    [Fact]
    public void Disposing_closes_the_transport()
    {
        var transport = new ScriptedTransport();

        new RtNetlink(transport).Dispose();

        transport.IsDisposed.Should().BeTrue();
    }

    internal static uint Sequence(byte[] message) => Capture.HeaderOf(message).Sequence;

    private static byte[] Refusal(Errno errno, string text, int offset)
    {
        var buffer = new NetlinkBuffer(64);
        var writer = new NetlinkWriter(buffer);
        writer.WriteStruct(-(int)errno);
        writer.WriteStruct(default(NetlinkHeader));
        writer.WriteString(NLMSGERR_ATTR_MSG, text);
        writer.WriteInt32(NLMSGERR_ATTR_OFFS, offset);
        return ScriptedTransport.Message(NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS, 0, buffer.Written);
    }

    private static byte[] LinkBody(int index, ushort attribute, byte[] payload)
    {
        var buffer = new NetlinkBuffer(64);
        var writer = new NetlinkWriter(buffer);
        writer.WriteStruct(new LinkHeader { Index = index });
        writer.WriteBytes(attribute, payload);
        return buffer.Written.ToArray();
    }

    private readonly struct Visitor(Action visit) : ILinkVisitor
    {
        public void Begin()
        {
        }

        public void Visit(LinkView link) => visit();
    }
}
