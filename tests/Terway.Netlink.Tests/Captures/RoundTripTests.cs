using static Terway.Netlink.NetlinkConstants;

namespace Terway.Netlink.Tests.Captures;

/// <summary>What was read is written back with all that it held, known or not.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string, int> Messages
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var capture in Capture.All)
            {
                for (var i = 0; i < capture.Requests.Count + capture.Answers.Count; i++)
                {
                    if (IsObject(Message(capture, i)))
                        data.Add(capture.Name, i);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_that_was_read_is_written_with_all_it_held(string name, int index)
    {
        var message = Message(Capture.Of(name), index);
        var type = Capture.HeaderOf(message).Type;
        var body = message.AsSpan(NLMSG_HDRLEN).ToArray();
        var rewriter = new Rewriter(type, body);

        MessageTypes.Accept(MessageTypes.Of(type), rewriter);

        CanonicalMessage.Of(type, Normalized.Body(type, rewriter.Written)).Should().Be(CanonicalMessage.Of(type, Normalized.Body(type, body)));
        rewriter.ReadAgain.Should().BeTrue("a second reading gives an equal message");
    }

    private static byte[] Message(Capture capture, int index) =>
        index < capture.Requests.Count ? capture.Requests[index] : capture.Answers[index - capture.Requests.Count];

    /// <summary>Requests to get and control messages are not objects.</summary>
    private static bool IsObject(byte[] message) => Capture.HeaderOf(message).Type is > NLMSG_OVERRUN and var type
        && (type > byte.MaxValue ? MessageTypes.Of(type) != typeof(void) : type % 4 is 0 or 1);

    private sealed class Rewriter(ushort type, byte[] body) : IMessageVisitor
    {
        internal byte[] Written { get; private set; } = [];

        internal bool ReadAgain { get; private set; }

        public void Visit<T>()
            where T : class, INetlinkMessage<T>
        {
            var message = T.Read(new(body));
            var buffer = new NetlinkBuffer(64);
            var writer = new NetlinkWriter(buffer);
            message.Write(ref writer, type);
            Written = buffer.Written.ToArray();
            ReadAgain = T.Read(new(Written)).Equals(message);
        }
    }
}
