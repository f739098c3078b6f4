using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Turns notifications into changes.</summary>
internal static class ChangeReader
{
    /// <summary>Appends the changes of a datagram; kinds of message without a type here are left out.</summary>
    internal static void Read(ReadOnlySpan<byte> datagram, List<NetworkChange> changes)
    {
        var reader = new NetlinkReader(datagram);
        while (reader.TryReadMessage(out var header, out var body))
        {
            if (Read(header.Type, body) is { } change)
                changes.Add(change);
        }
    }

    private static NetworkChange? Read(ushort type, NetlinkReader body) => type switch
    {
        // A bridge speaks of its ports in the same group: a port that leaves is "deleted" from the bridge and still there.
        RTM_NEWLINK or RTM_DELLINK when body.Peek<LinkHeader>().Family != (byte)IpFamily.Unspecified => null,
        RTM_NEWLINK or RTM_DELLINK => Change<LinkMessage>(type == RTM_NEWLINK, body),
        RTM_NEWADDR or RTM_DELADDR => Change<AddressMessage>(type == RTM_NEWADDR, body),
        RTM_NEWROUTE or RTM_DELROUTE => Change<RouteMessage>(type == RTM_NEWROUTE, body),
        RTM_NEWRULE or RTM_DELRULE => Change<RuleMessage>(type == RTM_NEWRULE, body),
        RTM_NEWNEIGH or RTM_DELNEIGH => Change<NeighbourMessage>(type == RTM_NEWNEIGH, body),
        RTM_NEWQDISC or RTM_DELQDISC => Change<QdiscMessage>(type == RTM_NEWQDISC, body),
        RTM_NEWTFILTER or RTM_DELTFILTER => Change<FilterMessage>(type == RTM_NEWTFILTER, body),
        _ => null,
    };

    private static NetworkChange<T> Change<T>(bool set, NetlinkReader body)
        where T : class, INetlinkMessage<T> =>
        new(set ? NetworkChangeAction.Set : NetworkChangeAction.Removed, T.Read(body));
}
