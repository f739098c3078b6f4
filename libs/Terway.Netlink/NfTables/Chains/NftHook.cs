namespace Terway.Netlink;

/// <summary>Where a base chain sees packets (<c>NF_INET_*</c>).</summary>
/// <remarks>These are the numbers of the families ip, ip6, inet and bridge; in netdev 0 is ingress and 1 is egress.</remarks>
public enum NftHook : uint
{
    /// <summary>Before routing.</summary>
    Prerouting = 0,

    /// <summary>Packets to this host.</summary>
    Input = 1,

    /// <summary>Packets that pass through.</summary>
    Forward = 2,

    /// <summary>Packets of this host.</summary>
    Output = 3,

    /// <summary>After routing.</summary>
    Postrouting = 4,

    /// <summary>What comes into a link, of inet (Linux 5.10).</summary>
    Ingress = 5,
}
