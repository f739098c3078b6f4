using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>Plans a pod's interface on the ENI that owns its address.</summary>
internal sealed class InterfacePlanner(PlanTarget target, Allocation allocation)
{
    private const int Looks = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The plan of the ENI's own side, shared by all its pods, if the daemon said enough to know it; and the plan of the pod.</summary>
    public (NetworkPlan? Eni, NetworkPlan Pod) Plan(PodInterface wanted, EniLink eni)
    {
        try
        {
            return (PlanEni(wanted, eni), PolicyRoutePlanner.Plan(wanted.Network, eni));
        }
        catch (ArgumentException e)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"{wanted.Network.IfName} can not be planned", e.Message, innerException: e);
        }
    }

    /// <summary>The ENI's link, if the kernel has it now.</summary>
    public EniLink? Find(PodInterface wanted) => EniLinkFinder.Find(target.Node, wanted.EniMac);

    /// <summary>The ENI's link; one that was just attached may appear a little after the cloud says so.</summary>
    public EniLink Find(PodInterface wanted, CancellationToken cancellationToken)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (Find(wanted) is { } eni)
                return eni;
            cancellationToken.WaitHandle.WaitOne(BetweenLooks);
            cancellationToken.ThrowIfCancellationRequested();
        }
        throw new DatapathException(DatapathError.EniNotFound, $"no link of the node has the MAC address {wanted.EniMac}, which is the ENI of {wanted.Network.PodName}");
    }

    private NetworkPlan? PlanEni(PodInterface wanted, EniLink eni)
    {
        var network = new EniNetwork(eni) { Gateway4 = wanted.EniGateway4, Gateway6 = wanted.EniGateway6, Mtu = wanted.Network.Mtu };
        var node = new NodeFacts
        {
            IPv4 = allocation.HostAddresses.IPv4,
            IPv6 = allocation.HostAddresses.IPv6,
            PrimaryLink = !allocation.EniReady && IsPrimary(eni) ? eni.Name : null,
        };
        bool isKnown = (network.Gateway4 ?? network.Gateway6) is not null && (node.IPv4 ?? node.IPv6) is not null;
        return isKnown ? NodePlanner.PlanEni(network, node) : null;
    }

    /// <summary>The primary link has the node's address with its subnet, an ENI of pods has it alone; a daemon that confuses the two must not cost the node its network.</summary>
    private bool IsPrimary(EniLink eni) =>
        target.Node.Addresses.List(new AddressFilter { Interface = eni.Index })
            .Select(found => found.Address)
            .Any(held => held != InterfaceAddress.Host(held.Address)
                && (held.Address.Equals(allocation.HostAddresses.IPv4) || held.Address.Equals(allocation.HostAddresses.IPv6)));
}
