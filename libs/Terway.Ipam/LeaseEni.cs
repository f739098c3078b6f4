using System.Net;
using System.Net.NetworkInformation;
using Terway.Cloud;

namespace Terway.Ipam;

/// <summary>The ENI behind a lease: all that a datapath must know about it.</summary>
public sealed record LeaseEni
{
    /// <summary>The ENI's id.</summary>
    public required EniId Id { get; init; }

    /// <summary>The ENI's MAC address, by which its link is found on the node.</summary>
    public required PhysicalAddress Mac { get; init; }

    /// <summary>The vSwitch that the ENI's addresses come from.</summary>
    public required VSwitchId VSwitch { get; init; }

    /// <summary>The vSwitch's IPv4 prefix, once known: always known for an ENI that is ready.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The vSwitch's IPv6 prefix, when it has one.</summary>
    public IPNetwork? Subnet6 { get; init; }

    /// <summary>The primary IPv4 address of the ENI.</summary>
    public IPAddress? PrimaryAddress { get; init; }
}
