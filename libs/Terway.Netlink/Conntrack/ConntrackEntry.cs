using System.Net;
using static Terway.Netlink.ConntrackConstants;

namespace Terway.Netlink;

/// <summary>A connection that the kernel keeps track of, as <c>conntrack -L</c> shows it (<c>IPCTNL_MSG_CT_NEW</c>).</summary>
public sealed record ConntrackEntry : INetlinkMessage<ConntrackEntry>
{
    /// <summary>The direction of the first packet, before translation.</summary>
    public required ConntrackTuple Original { get; init; }

    /// <summary>The direction of the replies, as they arrive: after translation of the first packet.</summary>
    public required ConntrackTuple Reply { get; init; }

    /// <summary>The status.</summary>
    public ConntrackStatus? Status { get; init; }

    /// <summary>The time it still stays without a packet.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The mark; null where the kernel has none.</summary>
    public uint? Mark { get; init; }

    /// <summary>The kernel's number of the connection.</summary>
    public uint? Id { get; init; }

    /// <summary>The zone; null is 0.</summary>
    public ushort? Zone { get; init; }

    /// <summary>Attributes that have no name here, such as the state of TCP.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    /// <summary>Whether an address takes part, on either side, before or after translation.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it does.</returns>
    public bool Involves(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Original.Involves(address) || Reply.Involves(address);
    }

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(Original.Family));
        Original.Write(ref writer, CTA_TUPLE_ORIG);
        Reply.Write(ref writer, CTA_TUPLE_REPLY);
        writer.WriteUInt32BigEndian(CTA_STATUS, (uint?)Status);
        writer.WriteUInt32BigEndian(CTA_TIMEOUT, (uint?)Timeout?.TotalSeconds);
        writer.WriteUInt32BigEndian(CTA_MARK, Mark);
        writer.WriteUInt32BigEndian(CTA_ID, Id);
        writer.WriteUInt16BigEndian(CTA_ZONE, Zone);
        writer.WriteRaw(Unknown);
    }

    static ConntrackEntry INetlinkMessage<ConntrackEntry>.Read(NetlinkReader reader)
    {
        reader.ReadStruct<NetfilterHeader>();
        var table = new AttributeTable(reader, stackalloc AttributeSlot[CTA_ZONE + 1]);
        if (!table.TryTake(CTA_TUPLE_ORIG, out var original) || !table.TryTake(CTA_TUPLE_REPLY, out var reply))
            throw NetlinkReader.Malformed("a connection without directions");
        return new()
        {
            Original = ConntrackTuple.Read(original.Nested),
            Reply = ConntrackTuple.Read(reply.Nested),
            Status = (ConntrackStatus?)table.UInt32BigEndian(CTA_STATUS),
            Timeout = table.UInt32BigEndian(CTA_TIMEOUT) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Mark = table.UInt32BigEndian(CTA_MARK),
            Id = table.UInt32BigEndian(CTA_ID),
            Zone = table.UInt16BigEndian(CTA_ZONE),
            Unknown = table.TakeRest(),
        };
    }

    /// <summary>The connection by its first direction.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Original.ToString();
}
