namespace Terway.Netlink;

/// <summary>The name of a kernel setting below <c>/proc/sys</c>, such as <c>net/ipv4/conf/eth0/rp_filter</c>.</summary>
public readonly record struct SysctlKey
{
    private readonly string? _path;

    private SysctlKey(string path) => _path = path;

    internal string Path => $"/proc/sys/{_path}";

    /// <summary>Reads a key in either form of <c>sysctl</c>: parted by dots, or by slashes, which a link's name with a dot needs.</summary>
    /// <param name="text">The key, such as <c>net.ipv4.ip_forward</c>.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text is no relative path of plain segments.</exception>
    public static SysctlKey Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var path = text.Contains('/', StringComparison.Ordinal) ? text : text.Replace('.', '/');
        foreach (var segment in path.AsSpan().Split('/'))
        {
            if (path.AsSpan()[segment] is "" or "." or ".." || path.AsSpan()[segment].Contains('\0'))
                throw new FormatException($"'{text}' is not the name of a kernel setting.");
        }
        return new(path);
    }

    /// <summary>A setting of IPv4 on a link: <c>net.ipv4.conf.LINK.SETTING</c>.</summary>
    /// <param name="link">The link's name, or <c>all</c>, or <c>default</c> for links to come.</param>
    /// <param name="setting">The setting, such as <c>forwarding</c>.</param>
    /// <returns>The key.</returns>
    public static SysctlKey IPv4Conf(string link, string setting) => OfLink("ipv4/conf", link, setting);

    /// <summary>A setting of IPv6 on a link: <c>net.ipv6.conf.LINK.SETTING</c>.</summary>
    /// <param name="link">The link's name, or <c>all</c>, or <c>default</c> for links to come.</param>
    /// <param name="setting">The setting, such as <c>accept_ra</c>.</param>
    /// <returns>The key.</returns>
    public static SysctlKey IPv6Conf(string link, string setting) => OfLink("ipv6/conf", link, setting);

    /// <summary>A setting of IPv4's neighbours on a link: <c>net.ipv4.neigh.LINK.SETTING</c>.</summary>
    /// <param name="link">The link's name, or <c>default</c> for links to come.</param>
    /// <param name="setting">The setting, such as <c>proxy_delay</c>.</param>
    /// <returns>The key.</returns>
    public static SysctlKey IPv4Neighbour(string link, string setting) => OfLink("ipv4/neigh", link, setting);

    /// <summary>A setting of IPv6's neighbours on a link: <c>net.ipv6.neigh.LINK.SETTING</c>.</summary>
    /// <param name="link">The link's name, or <c>default</c> for links to come.</param>
    /// <param name="setting">The setting, such as <c>proxy_delay</c>.</param>
    /// <returns>The key.</returns>
    public static SysctlKey IPv6Neighbour(string link, string setting) => OfLink("ipv6/neigh", link, setting);

    /// <summary>The key parted by slashes, as <c>sysctl</c> reads it without doubt.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _path ?? string.Empty;

    private static SysctlKey OfLink(string family, string link, string setting)
    {
        InterfaceName.ThrowIfInvalid(link);
        return Parse($"net/{family}/{link}/{setting}");
    }
}
