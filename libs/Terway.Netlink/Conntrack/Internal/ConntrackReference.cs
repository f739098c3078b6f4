using static Terway.Netlink.ConntrackConstants;

namespace Terway.Netlink;

/// <summary>Names a connection to delete it. With its number, so that a new one between the same ends is left alone unless it has the old one's place in memory.</summary>
internal sealed class ConntrackReference(ConntrackEntry entry) : INetlinkRequest
{
    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(entry.Original.Family));
        entry.Original.Write(ref writer, CTA_TUPLE_ORIG);
        writer.WriteUInt32BigEndian(CTA_ID, entry.Id);
        writer.WriteUInt16BigEndian(CTA_ZONE, entry.Zone);
    }

    public override string ToString() => entry.ToString();
}
