namespace Terway.Policy;

/// <summary>A version of IP.</summary>
public enum IpVersion
{
    /// <summary>IPv4.</summary>
    V4 = 4,

    /// <summary>IPv6.</summary>
    V6 = 6,
}
