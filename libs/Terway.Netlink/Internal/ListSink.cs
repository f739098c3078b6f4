namespace Terway.Netlink;

/// <summary>Gathers the messages of a dump that a filter lets through.</summary>
internal struct ListSink<TMessage>(IDumpFilter<TMessage> filter) : IAnswerSink
    where TMessage : class, INetlinkMessage<TMessage>
{
    internal List<TMessage> Messages { get; } = [];

    public readonly void Begin() => Messages.Clear();

    public readonly void Message(NetlinkReader body)
    {
        var message = TMessage.Read(body);
        if (filter.Matches(message))
            Messages.Add(message);
    }
}

/// <summary>Keeps the one message of an answer.</summary>
internal struct SingleSink<TMessage> : IAnswerSink
    where TMessage : class, INetlinkMessage<TMessage>
{
    internal TMessage? Found { get; private set; }

    public void Begin() => Found = null;

    public void Message(NetlinkReader body) => Found = TMessage.Read(body);
}
