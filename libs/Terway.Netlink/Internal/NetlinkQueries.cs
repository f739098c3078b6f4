namespace Terway.Netlink;

/// <summary>The questions that every kind of object answers in the same way.</summary>
internal static class NetlinkQueries
{
    internal static TMessage[] List<TMessage>(this NetlinkConnection connection, string operation, ushort type, IDumpFilter<TMessage> filter)
        where TMessage : class, INetlinkMessage<TMessage>
    {
        var sink = new ListSink<TMessage>(filter);
        var failure = connection.Dump(type, filter, ref sink);
        if (failure.IsFailure)
            throw failure.ToException(operation, filter);
        return sink.Take();
    }

    /// <summary>The object, or null when it is not there.</summary>
    internal static TMessage? Find<TMessage>(this NetlinkConnection connection, string operation, ushort type, INetlinkRequest request)
        where TMessage : class, INetlinkMessage<TMessage>
    {
        var sink = default(SingleSink<TMessage>);
        var failure = connection.Get(type, 0, request, ref sink);
        if (failure.IsFailure && !failure.IsNotFound)
            throw failure.ToException(operation, request);
        return failure.IsFailure ? null : sink.Found;
    }
}
