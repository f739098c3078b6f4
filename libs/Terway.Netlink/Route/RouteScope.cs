namespace Terway.Netlink;

/// <summary>How far a destination or an address reaches (<c>RT_SCOPE_*</c>); IPv6 routes are always dumped as global.</summary>
public enum RouteScope : byte
{
    /// <summary>Everywhere (<c>global</c>).</summary>
    Universe = 0,

    /// <summary>The site.</summary>
    Site = 200,

    /// <summary>On the link, without a gateway.</summary>
    Link = 253,

    /// <summary>This host.</summary>
    Host = 254,

    /// <summary>Nowhere; in a request to delete, any.</summary>
    Nowhere = 255,
}
