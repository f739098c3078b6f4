using static Terway.Netlink.NeighbourConstants;

namespace Terway.Netlink;

/// <summary>Which neighbours to list; without any property set, those of all links and both families, without proxies.</summary>
public sealed record NeighbourFilter : IDumpFilter<NeighbourMessage>
{
    /// <summary>Only this family; <see cref="IpFamily.Bridge"/> lists forwarding entries.</summary>
    public IpFamily Family { get; init; }

    /// <summary>Only neighbours on this link.</summary>
    public IfIndex? Interface { get; init; }

    /// <summary>Only neighbours in one of these states.</summary>
    public NeighbourStates? States { get; init; }

    /// <summary>Lists the addresses that this host answers for instead of the neighbours: <c>ip neigh show proxy</c>.</summary>
    public bool Proxies { get; init; }

    internal static NeighbourFilter All { get; } = new();

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new NeighbourHeader
        {
            Family = (byte)Family,
            Index = Family == IpFamily.Bridge ? Interface?.Value ?? 0 : 0,
            Flags = (byte)(Proxies ? NeighbourFlags.Proxy : NeighbourFlags.None),
        });
        // Neighbour tables take the link from the attribute, the forwarding database from the header, and each refuses the other's way.
        if (Family != IpFamily.Bridge)
            writer.WriteIndex(NDA_IFINDEX, Interface);
    }

    bool IDumpFilter<NeighbourMessage>.Matches(NeighbourMessage message) =>
        (Family == IpFamily.Unspecified || message.Family == Family)
        && (Interface is null || message.Interface == Interface)
        && (States is null || (message.State & States) != 0)
        && Proxies == message.Flags.HasFlag(NeighbourFlags.Proxy);
}
