using static Terway.Netlink.RouteConstants;

namespace Terway.Netlink;

/// <summary>Which routes to list; without any property set, those of all tables and both families.</summary>
public sealed record RouteFilter : IDumpFilter<RouteMessage>
{
    /// <summary>Only this family.</summary>
    public IpFamily Family { get; init; }

    /// <summary>Only this table.</summary>
    public RouteTable? Table { get; init; }

    /// <summary>Only routes through this link.</summary>
    public IfIndex? OutputInterface { get; init; }

    /// <summary>Only routes of this maker.</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>Only routes of this type.</summary>
    public RouteType? Type { get; init; }

    internal static RouteFilter All { get; } = new();

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new RouteHeader
        {
            Family = (byte)Family,
            Table = Table?.HeaderByte ?? 0,
            Protocol = (byte)(Protocol ?? RouteProtocol.Unspecified),
            Type = (byte)(Type ?? RouteType.Unspecified),
        });
        writer.WriteIndex(RTA_OIF, OutputInterface);
        writer.WriteUInt32(RTA_TABLE, Table?.AttributeValue);
    }

    bool IDumpFilter<RouteMessage>.Matches(RouteMessage message) =>
        (Family == IpFamily.Unspecified || message.Family == Family)
        && (Table is null || message.Table == Table)
        && (OutputInterface is null || message.OutputInterface == OutputInterface || HasNextHop(message, OutputInterface.Value))
        && (Protocol is null || message.Protocol == Protocol)
        && (Type is null || message.Type == Type)
        // IPv6 kernels without strict checking mix cached results in.
        && !message.Flags.HasFlag(RouteFlags.Cloned);

    private static bool HasNextHop(RouteMessage route, IfIndex link)
    {
        foreach (var hop in route.NextHops)
        {
            if (hop.OutputInterface == link)
                return true;
        }
        return false;
    }
}
