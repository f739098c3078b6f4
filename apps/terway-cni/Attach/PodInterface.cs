using System.Collections.Immutable;
using System.Net;
using Terway.Cni;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>One interface of a pod, as the daemon answered, in the datapath's words.</summary>
internal sealed class PodInterface
{
    /// <summary>What the pod gets.</summary>
    public required PodNetworkRequest Network { get; init; }

    /// <summary>The ENI that owns the pod's addresses.</summary>
    public required MacAddress EniMac { get; init; }

    /// <summary>The gateways of the ENI's subnet.</summary>
    public IPAddress? EniGateway4 { get; init; }

    /// <summary>The gateways of the ENI's subnet.</summary>
    public IPAddress? EniGateway6 { get; init; }

    /// <summary>The addresses as the result tells them: with the length of the subnet's prefix and the subnet's gateway.</summary>
    public required ImmutableArray<IpConfiguration> Ips { get; init; }
}
