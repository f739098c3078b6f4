namespace Terway.Cloud.Testing.Internal;

/// <summary>Makes the seam's address requests of parameters.</summary>
internal static class AddressRequests
{
    internal static AssignPrivateIpAddressesRequest AssignIpv4(ParameterReader p) => new()
    {
        EniId = EniRequests.Id(p),
        Count = p.Count("SecondaryPrivateIpAddressCount"),
        Addresses = p.Addresses("PrivateIpAddress"),
        PrefixCount = p.Count("Ipv4PrefixCount"),
        Prefixes = p.Networks("Ipv4Prefix"),
        ClientToken = p.ClientToken(),
    };

    internal static UnassignPrivateIpAddressesRequest UnassignIpv4(ParameterReader p) => new()
    {
        EniId = EniRequests.Id(p),
        Addresses = p.Addresses("PrivateIpAddress"),
        Prefixes = p.Networks("Ipv4Prefix"),
    };

    internal static AssignIpv6AddressesRequest AssignIpv6(ParameterReader p) => new()
    {
        EniId = EniRequests.Id(p),
        Count = p.Count("Ipv6AddressCount"),
        Addresses = p.Addresses("Ipv6Address"),
        PrefixCount = p.Count("Ipv6PrefixCount"),
        Prefixes = p.Networks("Ipv6Prefix"),
        ClientToken = p.ClientToken(),
    };

    internal static UnassignIpv6AddressesRequest UnassignIpv6(ParameterReader p) => new()
    {
        EniId = EniRequests.Id(p),
        Addresses = p.Addresses("Ipv6Address"),
        Prefixes = p.Networks("Ipv6Prefix"),
    };
}
