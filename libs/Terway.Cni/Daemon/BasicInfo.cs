
namespace Terway.Cni.Daemon;

/// <summary>The addresses of one interface of a pod.</summary>
public sealed record BasicInfo
{
    /// <summary>The pod's addresses.</summary>
    public AddressSet? PodIP { get; init; }

    /// <summary>The vSwitch's prefixes.</summary>
    public NetworkSet? PodCidr { get; init; }

    /// <summary>The vSwitch's gateways: the third address from the end of the prefix.</summary>
    public AddressSet? GatewayIP { get; init; }

    /// <summary>The cluster's service prefixes.</summary>
    public NetworkSet? ServiceCidr { get; init; }
}
