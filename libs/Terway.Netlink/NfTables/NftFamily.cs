namespace Terway.Netlink;

/// <summary>The family of a table (<c>NFPROTO_*</c>), as the first word after <c>nft add table</c>.</summary>
public enum NftFamily : byte
{
    /// <summary>Any family.</summary>
    Unspecified = 0,

    /// <summary>IPv4 and IPv6 together: <c>inet</c>.</summary>
    Inet = 1,

    /// <summary><c>ip</c>.</summary>
    IPv4 = 2,

    /// <summary><c>arp</c>.</summary>
    Arp = 3,

    /// <summary>What comes into a link or leaves it: <c>netdev</c>.</summary>
    NetDev = 5,

    /// <summary><c>bridge</c>.</summary>
    Bridge = 7,

    /// <summary><c>ip6</c>.</summary>
    IPv6 = 10,
}

internal static class NftFamilies
{
    /// <summary>The family in the words of <c>nft</c>.</summary>
    internal static string Word(this NftFamily family) => family switch
    {
        NftFamily.Unspecified => "any",
        NftFamily.IPv4 => "ip",
        NftFamily.IPv6 => "ip6",
        NftFamily.Inet => "inet",
        NftFamily.Arp => "arp",
        NftFamily.NetDev => "netdev",
        NftFamily.Bridge => "bridge",
        _ => $"family{(byte)family}",
    };
}
