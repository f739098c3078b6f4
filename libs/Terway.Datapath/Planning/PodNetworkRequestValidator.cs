using System.Net;
using System.Net.Sockets;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Finds every contradiction of a request at once, so that one message is enough to mend it.</summary>
internal static class PodNetworkRequestValidator
{
    private const int MinimumMtu4 = 68;    // RFC 791
    private const int MinimumMtu6 = 1280;  // RFC 8200, section 5
    private const int MaximumMtu = 65535;

    internal static void ThrowIfInvalid(PodNetworkRequest request, EniLink eni)
    {
        var problems = new List<string>();
        AddIf(problems, string.IsNullOrEmpty(request.PodNamespace), "the pod's namespace is empty");
        AddIf(problems, string.IsNullOrEmpty(request.PodName), "the pod's name is empty");
        AddIf(problems, !InterfaceName.IsValid(request.IfName), $"'{request.IfName}' is no interface name (1 to 15 characters, no '/', ':' or white space)");
        AddIf(problems, request.IPv4 is null && request.IPv6 is null, "the pod has no address");
        AddIf(problems, IsOther(request.IPv4, AddressFamily.InterNetwork), $"{request.IPv4} is no IPv4 address");
        AddIf(problems, IsOther(request.IPv6, AddressFamily.InterNetworkV6), $"{request.IPv6} is no IPv6 address");
        AddIf(problems, !CanBeAPods(request.IPv4), $"{request.IPv4} cannot be the address of a pod");
        AddIf(problems, !CanBeAPods(request.IPv6), $"{request.IPv6} cannot be the address of a pod");
        foreach (var route in request.ExtraRoutes)
            AddIf(problems, !HasAddressFor(request, route), $"the route to {route} has no address of its family");
        var minimum = request.IPv6 is null ? MinimumMtu4 : MinimumMtu6;
        AddIf(problems, request.Mtu < minimum || request.Mtu > MaximumMtu, $"MTU {request.Mtu} is outside {minimum} to {MaximumMtu} bytes");
        AddIf(problems, eni.Index.Value <= 0, $"the ENI {eni.Mac} has no index");
        if (problems.Count > 0)
            throw new ArgumentException($"The network of pod {request.PodNamespace}/{request.PodName} cannot be planned: {string.Join("; ", problems)}.", nameof(request));
    }

    private static void AddIf(List<string> problems, bool isProblem, string problem)
    {
        if (isProblem)
            problems.Add(problem);
    }

    private static bool IsOther(IPAddress? address, AddressFamily family) => address is not null && address.AddressFamily != family;

    /// <summary>Whether a VPC could have given the address out: none of this host's, of a link's alone, of a group's, of nobody's.</summary>
    private static bool CanBeAPods(IPAddress? address)
    {
        const byte FirstGroup = 224; // 224.0.0.0 and above: groups, reserved, broadcast
        if (address is null)
            return true;
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any) || address.IsIPv6Multicast || address.IsIPv6LinkLocal || address.IsIPv4MappedToIPv6)
            return false;
        return address.AddressFamily != AddressFamily.InterNetwork || address.GetAddressBytes() is [> 0 and < FirstGroup, ..] and not [169, 254, ..];
    }

    private static bool HasAddressFor(PodNetworkRequest request, IPNetwork route) =>
        (route.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? request.IPv4 : request.IPv6) is not null;
}
