namespace Terway.Netlink;

/// <summary>What a route does (<c>RTN_*</c>), as the first word in <c>ip route</c>.</summary>
public enum RouteType : byte
{
    /// <summary>Not said; in a request to delete, any.</summary>
    Unspecified = 0,

    /// <summary>Sends to the next hop.</summary>
    Unicast = 1,

    /// <summary>Delivers here.</summary>
    Local = 2,

    /// <summary>Delivers here and sends as broadcast.</summary>
    Broadcast = 3,

    /// <summary>Delivers here and sends as unicast.</summary>
    Anycast = 4,

    /// <summary>Multicast.</summary>
    Multicast = 5,

    /// <summary>Drops in silence.</summary>
    Blackhole = 6,

    /// <summary>Answers that the host cannot be reached.</summary>
    Unreachable = 7,

    /// <summary>Answers that it is forbidden.</summary>
    Prohibit = 8,

    /// <summary>Goes on with the next rule.</summary>
    Throw = 9,
}
