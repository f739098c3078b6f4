namespace Terway.Netlink;

/// <summary>Flags of a route or next hop (<c>RTNH_F_*</c>, <c>RTM_F_*</c>).</summary>
[Flags]
public enum RouteFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The next hop's link is gone or down.</summary>
    Dead = 1 << 0,

    /// <summary>The gateway counts as on the link, whatever its subnet (<c>onlink</c>).</summary>
    OnLink = 1 << 2,

    /// <summary>Offloaded to hardware.</summary>
    Offload = 1 << 3,

    /// <summary>The next hop's link has no carrier.</summary>
    LinkDown = 1 << 4,

    /// <summary>A cached result rather than a route of a table.</summary>
    Cloned = 1 << 9,

    /// <summary>In a look-up: say the table too.</summary>
    LookupTable = 1 << 12,
}
