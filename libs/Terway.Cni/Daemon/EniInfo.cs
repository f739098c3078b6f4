
namespace Terway.Cni.Daemon;

/// <summary>The ENI of one interface of a pod.</summary>
public sealed record EniInfo
{
    /// <summary>The hardware address by which the ENI's link is found, <c>00:16:3e:0a:0b:0c</c>.</summary>
    public string? Mac { get; init; }

    /// <summary>True when the ENI is a trunk and the pod's packets carry <see cref="Vid"/>.</summary>
    public bool Trunk { get; init; }

    /// <summary>The VLAN id of the member ENI.</summary>
    public uint Vid { get; init; }

    /// <summary>The gateways of the ENI's subnet.</summary>
    public AddressSet? GatewayIP { get; init; }

    /// <summary>True when the ENI offers elastic RDMA.</summary>
    public bool ERdma { get; init; }

    /// <summary>The id of the virtual function; 0 is one of them.</summary>
    public uint? VfId { get; init; }
}
