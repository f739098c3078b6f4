using static Terway.Netlink.RouteConstants;

namespace Terway.Netlink;

/// <summary>What a route knows about its path (<c>RTAX_*</c>), as <c>mtu 1400 advmss 1360</c> in <c>ip route</c>.</summary>
public sealed record RouteMetrics
{
    /// <summary>The path's largest packet in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The TCP segment size to advertise, in bytes.</summary>
    public uint? AdvertisedMss { get; init; }

    /// <summary>The largest TCP window to advertise, in bytes.</summary>
    public uint? Window { get; init; }

    /// <summary>The hop limit of packets.</summary>
    public uint? HopLimit { get; init; }

    /// <summary>The initial congestion window, in segments.</summary>
    public uint? InitialCongestionWindow { get; init; }

    /// <summary>The initial receive window, in segments.</summary>
    public uint? InitialReceiveWindow { get; init; }

    /// <summary>A bit per metric that discovery must not change: bit 2 is the MTU.</summary>
    public uint? Locked { get; init; }

    /// <summary>Metrics that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal void Write(ref NetlinkWriter writer)
    {
        var metrics = writer.BeginNested(RTA_METRICS);
        writer.WriteUInt32(RTAX_LOCK, Locked);
        writer.WriteUInt32(RTAX_MTU, Mtu);
        writer.WriteUInt32(RTAX_WINDOW, Window);
        writer.WriteUInt32(RTAX_ADVMSS, AdvertisedMss);
        writer.WriteUInt32(RTAX_HOPLIMIT, HopLimit);
        writer.WriteUInt32(RTAX_INITCWND, InitialCongestionWindow);
        writer.WriteUInt32(RTAX_INITRWND, InitialReceiveWindow);
        writer.WriteRaw(Unknown);
        writer.EndNested(metrics);
    }

    internal static RouteMetrics? Read(ref AttributeTable route)
    {
        if (!route.TryTake(RTA_METRICS, out var attribute))
            return null;
        var table = new AttributeTable(attribute.Nested, stackalloc AttributeSlot[RTAX_INITRWND + 1]);
        return new RouteMetrics
        {
            Locked = table.UInt32(RTAX_LOCK),
            Mtu = table.UInt32(RTAX_MTU),
            Window = table.UInt32(RTAX_WINDOW),
            AdvertisedMss = table.UInt32(RTAX_ADVMSS),
            HopLimit = table.UInt32(RTAX_HOPLIMIT),
            InitialCongestionWindow = table.UInt32(RTAX_INITCWND),
            InitialReceiveWindow = table.UInt32(RTAX_INITRWND),
            Unknown = table.TakeRest(),
        };
    }
}
