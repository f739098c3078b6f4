using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>Translates the daemon's answer, and refuses one that the plugin can not carry out as it is meant.</summary>
internal sealed class AllocationReader(CniRequest request, PodIdentity pod, TerwayConfiguration configuration)
{
    /// <summary>The interfaces to make. One of them has the name that the runtime asked for.</summary>
    public ImmutableArray<PodInterface> Read(Allocation allocation)
    {
        if (allocation.Kind != NetworkKind.EniMultiIp)
            throw Unsupported($"an ENI of the pod's own ({allocation.Kind})");

        ImmutableArray<PodInterface> interfaces = [.. allocation.NetConfs.Select(Read)];
        if (!interfaces.Any(i => i.Network.IfName == request.IfName))
            throw Malformed($"has no interface '{request.IfName}', which the runtime asks for");
        if (interfaces.Count(i => i.Network.DefaultRoute) != 1)
            throw Malformed("does not have exactly one default route");
        return interfaces;
    }

    private PodInterface Read(NetConf conf)
    {
        if (conf.EniInfo is { Trunk: true })
            throw Unsupported("a trunk ENI's VLAN");
        if (!MacAddress.TryParse(conf.EniInfo?.Mac, out MacAddress mac) || mac == default)
            throw Malformed($"names the ENI '{conf.EniInfo?.Mac}', which is not a MAC address");
        if (conf.BasicInfo is not { PodIP: { } addresses } basic || (addresses.IPv4 ?? addresses.IPv6) is null)
            throw Malformed("has an interface without an address");

        return new PodInterface
        {
            EniMac = mac,
            EniGateway4 = addresses.IPv4 is null ? null : conf.EniInfo?.GatewayIP?.IPv4 ?? basic.GatewayIP?.IPv4,
            EniGateway6 = addresses.IPv6 is null ? null : conf.EniInfo?.GatewayIP?.IPv6 ?? basic.GatewayIP?.IPv6,
            Ips = [.. Ips(basic)],
            Network = new PodNetworkRequest
            {
                PodNamespace = pod.Namespace,
                PodName = pod.Name,
                IfName = string.IsNullOrEmpty(conf.IfName) ? request.IfName : conf.IfName,
                IPv4 = addresses.IPv4,
                IPv6 = addresses.IPv6,
                DefaultRoute = conf.DefaultRoute,
                ExtraRoutes = [.. conf.ExtraRoutes.Select(route => route.Destination)],
                Mtu = configuration.Mtu > 0 ? configuration.Mtu : PodNetworkRequest.DefaultMtu,
            },
        };
    }

    private static IEnumerable<IpConfiguration> Ips(BasicInfo basic)
    {
        if (basic.PodIP?.IPv4 is { } ipv4)
            yield return Ip(ipv4, basic.PodCidr?.IPv4, basic.GatewayIP?.IPv4);
        if (basic.PodIP?.IPv6 is { } ipv6)
            yield return Ip(ipv6, basic.PodCidr?.IPv6, basic.GatewayIP?.IPv6);
    }

    private static IpConfiguration Ip(IPAddress address, IPNetwork? subnet, IPAddress? gateway) => new()
    {
        Address = new CniAddress(address, subnet?.PrefixLength ?? (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)),
        Gateway = gateway,
    };

    private CniException Malformed(string problem) => new(
        CniErrorCode.TryAgainLater, $"the daemon's answer for {pod} {problem}", reason: ErrorCode.DaemonProtocol.Value,
        hint: "install terway-cni and terwayd of the same release");

    private CniException Unsupported(string what) =>
        new(CniErrorCode.Refused, $"the daemon connects {pod} by {what}, which this plugin does not do", reason: "Unsupported");
}
