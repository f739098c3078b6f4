namespace Terway.Netlink;

/// <summary>Which filters to list: the kernel lists those of one place of one link.</summary>
public sealed record FilterQuery : IDumpFilter<FilterMessage>
{
    /// <summary>The link.</summary>
    public required IfIndex Interface { get; init; }

    /// <summary>The place: <see cref="TcHandle.ClsactIngress"/>, <see cref="TcHandle.ClsactEgress"/>, or a qdisc or class; none is the root qdisc.</summary>
    public TcHandle Parent { get; init; }

    /// <summary>Only this priority.</summary>
    public ushort? Priority { get; init; }

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type) => writer.WriteStruct(new TcHeader
    {
        Index = Interface.Value,
        Parent = Parent.Value,
        Info = (uint)(Priority ?? 0) << 16,
    });

    bool IDumpFilter<FilterMessage>.Matches(FilterMessage message) => Priority is null || message.Priority == Priority;
}
