using System.Net;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terwayd.Configuration;
using Terwayd.Node;

namespace Terwayd.Contract;

/// <summary>Says in the contract's words what a lease gives its pod. The same lease always gives the same answer.</summary>
internal sealed class AllocationFactory(ServiceNetworks services, AddressSet hostAddresses)
{
    internal Allocation From(Lease lease)
    {
        var gateways = new AddressSet(Gateway(lease.Eni.Subnet, lease.IPv4), Gateway(lease.Eni.Subnet6, lease.IPv6));
        return new Allocation
        {
            LeaseId = lease.Attachment.ToString(),
            Kind = NetworkKind.EniMultiIp,
            HostAddresses = hostAddresses,
            // The pool leases from prepared ENIs only.
            EniReady = true,
            NetConfs =
            [
                new NetConf
                {
                    BasicInfo = new BasicInfo
                    {
                        PodIP = new AddressSet(lease.IPv4, lease.IPv6),
                        PodCidr = new NetworkSet(
                            lease.IPv4 is null ? null : lease.Eni.Subnet, lease.IPv6 is null ? null : lease.Eni.Subnet6),
                        GatewayIP = gateways,
                        ServiceCidr = new NetworkSet(services.IPv4, services.IPv6),
                    },
                    EniInfo = new EniInfo { Mac = MacText.Of(lease.Eni.Mac), GatewayIP = gateways },
                    Pod = new PodLimits(),
                    DefaultRoute = true,
                },
            ],
        };
    }

    private static IPAddress? Gateway(IPNetwork? subnet, IPAddress? podAddress) =>
        podAddress is null || subnet is not { } network ? null : SubnetGateway.Of(network);
}
