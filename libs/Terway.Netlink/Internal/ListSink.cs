namespace Terway.Netlink;

/// <summary>Gathers the messages of a dump that a filter lets through.</summary>
internal struct ListSink<TMessage>(IDumpFilter<TMessage> filter) : IAnswerSink
    where TMessage : class, INetlinkMessage<TMessage>
{
    private readonly PooledList<TMessage> _messages = new();

    public readonly void Begin() => _messages.Release();

    public readonly void Message(NetlinkReader body)
    {
        var message = TMessage.Read(body);
        if (filter.Matches(message))
            _messages.Add(message);
    }

    internal readonly TMessage[] Take()
    {
        var messages = _messages.ToArray();
        _messages.Release();
        return messages;
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
