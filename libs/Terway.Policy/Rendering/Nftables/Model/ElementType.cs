namespace Terway.Policy.Nftables;

/// <summary>The type of a part of a set's key.</summary>
public enum ElementType
{
    /// <summary><c>ifname</c>.</summary>
    InterfaceName,

    /// <summary><c>ipv4_addr</c>.</summary>
    AddressV4,

    /// <summary><c>ipv6_addr</c>.</summary>
    AddressV6,

    /// <summary><c>inet_proto</c>.</summary>
    Protocol,

    /// <summary><c>inet_service</c>.</summary>
    Port,
}
