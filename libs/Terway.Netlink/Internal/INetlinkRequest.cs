namespace Terway.Netlink;

/// <summary>What can be the body of a request: a message, or the filter of a dump.</summary>
internal interface INetlinkRequest
{
    /// <summary>Writes the family's header and the attributes.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The request's type: defaults differ between adding and deleting.</param>
    void Write(ref NetlinkWriter writer, ushort type);
}

/// <summary>A message that travels both ways.</summary>
internal interface INetlinkMessage<TSelf> : INetlinkRequest
    where TSelf : class, INetlinkMessage<TSelf>
{
    /// <summary>Reads the body of a message: the family's header and the attributes.</summary>
    static abstract TSelf Read(NetlinkReader reader);
}

/// <summary>The filter of a dump. Old kernels ignore it and send everything, so it is asked again about each message.</summary>
internal interface IDumpFilter<TMessage> : INetlinkRequest
{
    bool Matches(TMessage message);
}
