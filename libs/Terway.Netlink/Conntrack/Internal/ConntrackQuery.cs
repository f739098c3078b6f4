using System.Net;
using static Terway.Netlink.ConntrackConstants;

namespace Terway.Netlink;

/// <summary>Where an address stands in a connection.</summary>
/// <param name="Tuple">The direction's attribute.</param>
/// <param name="IsSource">Whether it sends in that direction.</param>
internal readonly record struct ConntrackEnd(ushort Tuple, bool IsSource)
{
    internal static ReadOnlySpan<ConntrackEnd> All =>
        new ConntrackEnd[] { new(CTA_TUPLE_ORIG, true), new(CTA_TUPLE_ORIG, false), new(CTA_TUPLE_REPLY, true), new(CTA_TUPLE_REPLY, false) };

    internal IPAddress Of(ConntrackEntry entry)
    {
        var tuple = Tuple == CTA_TUPLE_ORIG ? entry.Original : entry.Reply;
        return IsSource ? tuple.Source : tuple.Destination;
    }
}

/// <summary>
/// Asks for connections of a family, or for those with an IPv4 address at one end. Kernels before 5.8 know no filter and send all, so
/// each answer is looked at again.
/// </summary>
internal sealed class ConntrackQuery(IpFamily family, IPAddress? address = null, ConntrackEnd end = default) : IDumpFilter<ConntrackEntry>
{
    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(NetfilterHeader.Of(family));
        if (address is null)
            return;
        var tuple = writer.BeginNested((ushort)(end.Tuple | NetlinkConstants.NLA_F_NESTED));
        var ip = writer.BeginNested(CTA_TUPLE_IP | NetlinkConstants.NLA_F_NESTED);
        writer.WriteAddress(end.IsSource ? CTA_IP_V4_SRC : CTA_IP_V4_DST, address);
        writer.EndNested(ip);
        writer.EndNested(tuple);
        var filter = writer.BeginNested(CTA_FILTER | NetlinkConstants.NLA_F_NESTED);
        // These two are in the host's order.
        var flags = end.IsSource ? CTA_FILTER_F_CTA_IP_SRC : CTA_FILTER_F_CTA_IP_DST;
        writer.WriteUInt32(CTA_FILTER_ORIG_FLAGS, end.Tuple == CTA_TUPLE_ORIG ? flags : 0);
        writer.WriteUInt32(CTA_FILTER_REPLY_FLAGS, end.Tuple == CTA_TUPLE_REPLY ? flags : 0);
        writer.EndNested(filter);
    }

    public bool Matches(ConntrackEntry entry) =>
        (family == IpFamily.Unspecified || entry.Original.Family == family) && (address is null || end.Of(entry).Equals(address));

    public override string ToString() => address is null ? string.Empty : $"of {address}";
}
