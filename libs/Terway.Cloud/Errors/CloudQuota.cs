namespace Terway.Cloud;

/// <summary>Which limit a call would have exceeded.</summary>
public enum CloudQuota
{
    /// <summary>A limit that this library has no name for; the message tells.</summary>
    Other,

    /// <summary>ENIs of the instance type.</summary>
    EniPerInstance,

    /// <summary>ENIs of the account in the region.</summary>
    EniPerRegion,

    /// <summary>IPv4 addresses of one ENI.</summary>
    Ipv4PerEni,

    /// <summary>IPv6 addresses of one ENI.</summary>
    Ipv6PerEni,

    /// <summary>Private addresses in one security group.</summary>
    SecurityGroupMembers,

    /// <summary>Security groups of one ENI.</summary>
    SecurityGroupsPerEni,

    /// <summary>Tags of one resource.</summary>
    Tags,

    /// <summary>ERDMA interfaces of the instance type, which high-performance ENIs use up.</summary>
    ErdmaPerInstance,
}
