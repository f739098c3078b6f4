namespace Terway.Netlink;

/// <summary>The protocol of an Ethernet frame (<c>ETH_P_*</c>). Other numbers are possible.</summary>
public enum EtherType : ushort
{
    /// <summary>None: in a request to delete, any.</summary>
    None = 0,

    /// <summary>Every protocol.</summary>
    All = 0x0003,

    /// <summary>IPv4.</summary>
    IPv4 = 0x0800,

    /// <summary>ARP.</summary>
    Arp = 0x0806,

    /// <summary>A VLAN tag, 802.1Q.</summary>
    Vlan = 0x8100,

    /// <summary>IPv6.</summary>
    IPv6 = 0x86DD,

    /// <summary>A service VLAN tag, 802.1ad.</summary>
    ServiceVlan = 0x88A8,
}
