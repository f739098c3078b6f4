namespace Terway.Netlink;

/// <summary>Who made a route or rule (<c>RTPROT_*</c>), as after <c>proto</c> in <c>ip route</c>. Other numbers are free for use.</summary>
public enum RouteProtocol : byte
{
    /// <summary>Not said; in a request to delete, any.</summary>
    Unspecified = 0,

    /// <summary>An ICMP redirect.</summary>
    Redirect = 1,

    /// <summary>The kernel, such as for an address's subnet.</summary>
    Kernel = 2,

    /// <summary>During boot: what <c>ip route add</c> states.</summary>
    Boot = 3,

    /// <summary>An administrator.</summary>
    Static = 4,

    /// <summary>A router advertisement.</summary>
    RouterAdvertisement = 9,

    /// <summary>A DHCP client.</summary>
    Dhcp = 16,
}
