namespace Terway.Netlink;

/// <summary>What a <see cref="NetworkMonitor"/> listens to, as the objects of <c>ip monitor</c>.</summary>
[Flags]
public enum NetworkChangeKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links: <see cref="LinkMessage"/>.</summary>
    Links = 1 << 0,

    /// <summary>Addresses: <see cref="AddressMessage"/>.</summary>
    Addresses = 1 << 1,

    /// <summary>Routes: <see cref="RouteMessage"/>.</summary>
    Routes = 1 << 2,

    /// <summary>Rules: <see cref="RuleMessage"/>.</summary>
    Rules = 1 << 3,

    /// <summary>Neighbours: <see cref="NeighbourMessage"/>.</summary>
    Neighbours = 1 << 4,

    /// <summary>Qdiscs and filters: <see cref="QdiscMessage"/>, <see cref="FilterMessage"/>.</summary>
    TrafficControl = 1 << 5,

    /// <summary>Everything.</summary>
    All = Links | Addresses | Routes | Rules | Neighbours | TrafficControl,
}
