using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>A kernel parameter of one link (<c>sysctl net.ipv4.conf.LINK.KEY</c>).</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Link">The link's name, or <c>all</c> or <c>default</c>.</param>
/// <param name="Key">The parameter, such as <c>forwarding</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record PlannedSysctl(IpFamily Family, string Link, string Key, string Value)
{
    internal SysctlKey FullKey => Family == IpFamily.IPv6 ? SysctlKey.IPv6Conf(Link, Key) : SysctlKey.IPv4Conf(Link, Key);

    private string FamilyName => Family == IpFamily.IPv6 ? "ipv6" : "ipv4";

    /// <summary>The parameter as <c>sysctl</c> prints it.</summary>
    public override string ToString() => $"sysctl net.{FamilyName}.conf.{Link}.{Key} = {Value}";

    internal static PlannedSysctl IPv4(string link, string key, string value) => new(IpFamily.IPv4, link, key, value);

    internal static PlannedSysctl IPv6(string link, string key, string value) => new(IpFamily.IPv6, link, key, value);
}
