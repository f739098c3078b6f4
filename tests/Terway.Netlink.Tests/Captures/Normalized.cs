using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink.Tests.Captures;

/// <summary>Messages without what says nothing: a number that stands in two places, "not set" written out, an empty list.</summary>
internal static class Normalized
{
    /// <summary>Stands in the header for a table whose number needs the attribute (<c>RT_TABLE_COMPAT</c>).</summary>
    private const byte CompatTable = 252;

    private const int PrioOptionsLength = 20;

    private delegate bool AttributePredicate(NetlinkAttribute attribute, ReadOnlySpan<byte> header);

    internal static byte[] Body(byte[] message) => Body(Capture.HeaderOf(message).Type, message[NLMSG_HDRLEN..]);

    internal static byte[] Body(ushort type, byte[] body)
    {
        body = body.ToArray();
        // The lower half of the generation, in answers of nf_tables.
        if (type > byte.MaxValue)
            body.AsSpan(2, 2).Clear();
        if (type == NfTablesConstants.NFT_MSG_NEWSET)
        {
            // nft keeps in the user data what its own types and options were; the kernel leaves flags out when there are none.
            return Without(type, body, (a, _) => a.Type == NfTablesConstants.NFTA_SET_USERDATA
                || (a.Type == NfTablesConstants.NFTA_SET_FLAGS && a.ReadUInt32() == 0)
                || (a.Type == NfTablesConstants.NFTA_SET_DESC && a.Payload.IsEmpty));
        }
        if (type is NfTablesConstants.NFT_MSG_NEWSETELEM or NfTablesConstants.NFT_MSG_DELSETELEM)
            return WithPlainList(Without(type, body, (a, _) => a.Type == NfTablesConstants.NFTA_SET_ELEM_LIST_ELEMENTS && a.Payload.IsEmpty));
        return (type / 4 * 4) switch
        {
            RTM_NEWROUTE => Without(type, WithPlainTable(body), (a, header) =>
                (a.Type == RouteConstants.RTA_TABLE && a.ReadUInt32() == header[4])
                // ip -6 writes the address of a prefix of length 0.
                || (a.Type == RouteConstants.RTA_DST && header[1] == 0)),
            RTM_NEWRULE => Without(type, WithPlainTable(body), (a, header) =>
                (a.Type == RuleConstants.FRA_TABLE && a.ReadUInt32() == header[4])
                || (a.Type == RuleConstants.FRA_SUPPRESS_PREFIXLEN && a.ReadUInt32() == uint.MaxValue)
                || (a.Type == RuleConstants.FRA_PRIORITY && a.ReadUInt32() == 0)),
            RTM_NEWADDR => Without(type, WithPlainFlags(body), (a, header) =>
                (a.Type == AddressConstants.IFA_FLAGS && a.ReadUInt32() == header[2])
                // IPv6 addresses without a peer come without IFA_LOCAL.
                || (a.Type == AddressConstants.IFA_LOCAL && header[0] == (byte)IpFamily.IPv6)),
            RTM_NEWQDISC => WithoutPrioTail(Without(type, body, (a, _) => a.Type == TcConstants.TCA_OPTIONS && a.Payload.IsEmpty)),
            _ => body,
        };
    }

    /// <summary>nft numbers the elements of a list; to the kernel, which ends a dump with an empty list, they are all the same attribute.</summary>
    private static byte[] WithPlainList(byte[] body)
    {
        var headerLength = CanonicalMessage.HeaderLength(NfTablesConstants.NFT_MSG_NEWSETELEM);
        var reader = new NetlinkReader(body.AsSpan(headerLength));
        if (!reader.Find(NfTablesConstants.NFTA_SET_ELEM_LIST_ELEMENTS, out var list))
            return body;
        var elements = list.Nested;
        while (elements.TryReadAttribute(out var element))
        {
            body.AsSpan().Overlaps(element.Whole, out var offset).Should().BeTrue();
            body[offset + sizeof(ushort)] = (byte)NfTablesConstants.NFTA_LIST_ELEM;
        }
        return body;
    }

    private static byte[] WithPlainTable(byte[] body)
    {
        if (body[4] == CompatTable)
            body[4] = 0;
        return body;
    }

    /// <summary>Flags that need the attribute stand there alone; the kernel repeats the lower ones in the header.</summary>
    private static byte[] WithPlainFlags(byte[] body)
    {
        var reader = new NetlinkReader(body.AsSpan(CanonicalMessage.HeaderLength(RTM_NEWADDR)));
        if (reader.Find(AddressConstants.IFA_FLAGS, out var flags) && flags.ReadUInt32() > byte.MaxValue)
            body[2] = 0;
        return body;
    }

    /// <summary>tc appends an empty list for multiq to the options of prio.</summary>
    private static byte[] WithoutPrioTail(byte[] body)
    {
        var headerLength = CanonicalMessage.HeaderLength(RTM_NEWQDISC);
        var reader = new NetlinkReader(body.AsSpan(headerLength));
        var isPrio = reader.Find(TcConstants.TCA_KIND, out var kind) && kind.ReadString() == "prio";
        if (!isPrio || !reader.Find(TcConstants.TCA_OPTIONS, out var options) || options.Payload.Length <= PrioOptionsLength)
            return body;
        var shortened = new NetlinkBuffer(body.Length);
        var writer = new NetlinkWriter(shortened);
        writer.WriteString(TcConstants.TCA_KIND, "prio");
        writer.WriteBytes(TcConstants.TCA_OPTIONS, options.Payload[..PrioOptionsLength]);
        return [.. body.AsSpan(0, headerLength), .. shortened.Written];
    }

    private static byte[] Without(ushort type, byte[] body, AttributePredicate unwanted)
    {
        var headerLength = CanonicalMessage.HeaderLength(type);
        var kept = body[..headerLength].ToList();
        var reader = new NetlinkReader(body.AsSpan(headerLength));
        while (reader.TryReadAttribute(out var attribute))
        {
            if (!unwanted(attribute, body.AsSpan(0, headerLength)))
                kept.AddRange([.. attribute.Whole, .. new byte[Align(attribute.Whole.Length) - attribute.Whole.Length]]);
        }
        return [.. kept];
    }
}
