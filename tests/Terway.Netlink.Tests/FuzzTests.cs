using Terway.Netlink.Tests.Captures;
using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests;

/// <summary>No bytes, however broken, make a reader do anything but answer or throw <see cref="NetlinkException"/>.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 400;

    public static TheoryData<Type> Types => [.. MessageTypes.All];

    [Fact]
    public void All_message_types_are_found() =>
        MessageTypes.All.Should().BeEquivalentTo(
        [
            typeof(LinkMessage), typeof(AddressMessage), typeof(RouteMessage), typeof(RuleMessage), typeof(NeighbourMessage),
            typeof(QdiscMessage), typeof(FilterMessage), typeof(NamespaceIdMessage),
            typeof(NftTable), typeof(NftChain), typeof(NftRule), typeof(NftSet), typeof(NftElementList), typeof(NftGeneration), typeof(ConntrackEntry),
        ]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Reader_survives_truncated_flipped_and_random_bytes(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var seeds = Capture.All
            .SelectMany(capture => capture.Requests.Concat(capture.Answers))
            .Where(message => Capture.HeaderOf(message).Type > NLMSG_OVERRUN && MessageTypes.Of(Capture.HeaderOf(message).Type) == type)
            .Select(message => message[NLMSG_HDRLEN..])
            .ToList();
        seeds.Should().NotBeEmpty("each message type has captures");
        var random = new Random(20261124);
        var fuzzer = new Fuzzer();

        foreach (var body in Broken(seeds, random))
        {
            fuzzer.Body = body;
            MessageTypes.Accept(type, fuzzer);
        }

        fuzzer.Read.Should().BeGreaterThan(0, "some of the bytes still make a message");
        fuzzer.Refused.Should().BeGreaterThan(0, "some of the bytes make none");
    }

    [Fact]
    public void Peers_of_peers_of_peers_are_refused_before_the_stack_ends()
    {
        var body = LinkWithPeers(depth: 1500);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => LinkMessage.Read(new(body))), maxStackSize: 512 * 1024);

        thread.Start();
        thread.Join();

        failure.Should().BeOfType<NetlinkException>().Which.Errno.Should().Be(Errno.BadMessage);
    }

    private static byte[] LinkWithPeers(int depth)
    {
        var buffer = new NetlinkBuffer(64 * 1024);
        var writer = new NetlinkWriter(buffer);
        var open = new Stack<int>();
        for (var i = 0; i < depth; i++)
        {
            writer.WriteStruct(default(LinkHeader));
            open.Push(writer.BeginNested(LinkConstants.IFLA_LINKINFO));
            writer.WriteString(LinkConstants.IFLA_INFO_KIND, VethKind.KindName);
            open.Push(writer.BeginNested(LinkConstants.IFLA_INFO_DATA));
            open.Push(writer.BeginNested(LinkConstants.VETH_INFO_PEER));
        }
        writer.WriteStruct(default(LinkHeader));
        while (open.TryPop(out var start))
            writer.EndNested(start);
        return buffer.Written.ToArray();
    }

    private static IEnumerable<byte[]> Broken(List<byte[]> seeds, Random random)
    {
        foreach (var seed in seeds)
        {
            for (var length = 0; length < seed.Length; length++)
                yield return seed[..length];
        }
        for (var round = 0; round < Rounds * seeds.Count; round++)
        {
            var body = seeds[random.Next(seeds.Count)].ToArray();
            for (var flips = random.Next(1, 8); flips > 0 && body.Length > 0; flips--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            yield return body;
        }
        for (var round = 0; round < Rounds; round++)
        {
            var body = new byte[random.Next(256)];
            random.NextBytes(body);
            yield return body;
        }
    }

    private sealed class Fuzzer : IMessageVisitor
    {
        internal byte[] Body { get; set; } = [];

        internal int Read { get; private set; }

        internal int Refused { get; private set; }

        public void Visit<T>()
            where T : class, INetlinkMessage<T>
        {
            try
            {
                var message = T.Read(new(Body));
                var writer = new NetlinkWriter(new NetlinkBuffer(64));
                message.Write(ref writer, RtnetlinkConstants.RTM_NEWLINK);
                message.ToString().Should().NotBeNull();
                Read++;
            }
            catch (NetlinkException e) when (e.Errno == Errno.BadMessage)
            {
                Refused++;
            }
        }
    }
}
