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
