using System.Net;

namespace Terway.Datapath;

/// <summary>What <see cref="NodePlanner.PlanEni"/> needs to know of an ENI.</summary>
/// <param name="Link">The ENI's link.</param>
public sealed record EniNetwork(EniLink Link)
{
    /// <summary>The gateway of the ENI's vSwitch for IPv4 (for trunk pods the trunk ENI's); null without IPv4.</summary>
    public IPAddress? Gateway4 { get; init; }

    /// <summary>The gateway of the ENI's vSwitch for IPv6; null without IPv6.</summary>
    public IPAddress? Gateway6 { get; init; }

    /// <summary>The ENI's MTU in bytes.</summary>
    public int Mtu { get; init; } = PodNetworkRequest.DefaultMtu;
}
