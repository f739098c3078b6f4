using System.Collections.Immutable;

namespace Terway.Datapath;

/// <summary>Kernel parameters of a link that routes for pods, IPv4.</summary>
internal static class IPv4Sysctls
{
    /// <summary>Forwarding on, and no reverse path filter: replies to a pod come back through a link that the main table would not choose.</summary>
    internal static ImmutableArray<PlannedSysctl> Router(string link) =>
    [
        PlannedSysctl.IPv4(link, "forwarding", "1"),
        PlannedSysctl.IPv4(link, "rp_filter", "0"),
    ];
}

/// <summary>Kernel parameters of a link that routes for pods, IPv6.</summary>
internal static class IPv6Sysctls
{
    /// <summary>IPv6 on in the namespace and on the link, which learns nothing from router advertisements: all it needs is planned.</summary>
    internal static ImmutableArray<PlannedSysctl> For(string link, string? forwarding)
    {
        var sysctls = ImmutableArray.CreateBuilder<PlannedSysctl>();
        foreach (var enabled in new[] { "lo", "all", "default", link })
            sysctls.Add(PlannedSysctl.IPv6(enabled, "disable_ipv6", "0"));
        sysctls.Add(PlannedSysctl.IPv6(link, "accept_ra", "0"));
        if (forwarding is not null)
            sysctls.Add(PlannedSysctl.IPv6(link, "forwarding", forwarding));
        return sysctls.ToImmutable();
    }

    /// <summary>A link of the node: the namespace-wide switches are the node plan's.</summary>
    internal static ImmutableArray<PlannedSysctl> Router(string link) =>
    [
        PlannedSysctl.IPv6(link, "disable_ipv6", "0"),
        PlannedSysctl.IPv6(link, "accept_ra", "0"),
        PlannedSysctl.IPv6(link, "forwarding", "1"),
    ];
}
