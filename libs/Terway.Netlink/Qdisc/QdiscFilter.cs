namespace Terway.Netlink;

/// <summary>Which qdiscs to list; without any property set, those of all links.</summary>
public sealed record QdiscFilter : IDumpFilter<QdiscMessage>
{
    /// <summary>Only those of this link.</summary>
    public IfIndex? Interface { get; init; }

    internal static QdiscFilter All { get; } = new();

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type) =>
        writer.WriteStruct(new TcHeader { Index = Interface?.Value ?? 0 });

    bool IDumpFilter<QdiscMessage>.Matches(QdiscMessage message) => Interface is null || message.Interface == Interface;
}
