namespace Terway.Ipam;

/// <summary>A set of IP address families, granted together or not at all.</summary>
[Flags]
public enum AddressFamilies
{
    /// <summary>No family: never valid in a request.</summary>
    None = 0,

    /// <summary>IPv4.</summary>
    IPv4 = 1,

    /// <summary>IPv6.</summary>
    IPv6 = 2,

    /// <summary>One IPv4 and one IPv6 address on the same ENI.</summary>
    DualStack = IPv4 | IPv6,
}
