using System.Net;
using System.Text;

namespace Terway.Netlink;

/// <summary>Routes in the words of <c>ip route</c>.</summary>
internal static class RouteText
{
    internal static string Of(RouteMessage route)
    {
        var text = new StringBuilder();
        if (route.Type is not (null or RouteType.Unicast or RouteType.Unspecified))
            text.Append(route.Type.ToString()!.ToLowerInvariant()).Append(' ');
        text.Append(route.IsDefault ? "default" : Prefix(route.Destination!.Value));
        if (route.Source is { } source)
            text.Append(" from ").Append(Prefix(source));
        if (route.Tos != 0)
            text.Append(" tos 0x").Append(route.Tos.ToString("x2"));
        if (route.NextHopId is { } id)
            text.Append(" nhid ").Append(id);
        if (route.Gateway is { } gateway)
            text.Append(IpFamilies.Of(gateway) == route.Family ? " via " : " via inet6 ").Append(gateway);
        if (route.OutputInterface is { } output)
            text.Append(" dev if").Append(output);
        if (route.Table != RouteTable.Main)
            text.Append(" table ").Append(route.Table);
        AppendDetails(text, route);
        return text.ToString();
    }

    /// <summary>A prefix as <c>ip</c> prints it: a single address without its length.</summary>
    internal static string Prefix(IPNetwork prefix) =>
        prefix.PrefixLength == IpFamilies.MaxPrefixLength(IpFamilies.Of(prefix.BaseAddress)) ? prefix.BaseAddress.ToString() : prefix.ToString();

    private static void AppendDetails(StringBuilder text, RouteMessage route)
    {
        if (route.Protocol is not (null or RouteProtocol.Boot or RouteProtocol.Unspecified))
            text.Append(" proto ").Append(route.Protocol.ToString()!.ToLowerInvariant());
        if (route.Scope is not (null or RouteScope.Universe))
            text.Append(" scope ").Append(route.Scope.ToString()!.ToLowerInvariant());
        if (route.PreferredSource is { } preferred)
            text.Append(" src ").Append(preferred);
        if (route.Priority is { } priority)
            text.Append(" metric ").Append(priority);
        if (route.Metrics?.Mtu is { } mtu)
            text.Append(" mtu ").Append(mtu);
        if (route.Flags.HasFlag(RouteFlags.OnLink))
            text.Append(" onlink");
        foreach (var hop in route.NextHops)
            text.Append(' ').Append(hop);
    }
}
