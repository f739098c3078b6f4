namespace Terway.Netlink;

/// <summary>Asks for objects. What the kernel does not filter by is looked at again in each answer.</summary>
internal sealed class NftQuery<TMessage>(NftReference reference, Func<TMessage, bool> matches) : IDumpFilter<TMessage>
{
    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type) => ((INetlinkRequest)reference).Write(ref writer, type);

    public bool Matches(TMessage message) => matches(message);

    public override string ToString() => reference.ToString();
}
