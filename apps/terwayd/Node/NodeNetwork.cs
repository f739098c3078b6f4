using System.Net;
using Microsoft.Extensions.Logging;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;

namespace Terwayd.Node;

/// <summary>
/// The node's network in the namespace that the daemon runs in. Each call opens its own connection, so calls may run side by side.
/// </summary>
internal sealed class NodeNetwork : INodeNetwork, IDisposable
{
    private readonly NodeFacts _facts;
    private readonly RtNetlink _reaperConnection;
    private readonly LinkReaper _reaper;
    private readonly ILogger<NodeNetwork> _logger;
    private volatile int _podMtu = PodNetworkRequest.DefaultMtu;

    private NodeNetwork(NodeFacts facts, int primaryMtu, TimeProvider time, ILogger<NodeNetwork> logger)
    {
        _facts = facts;
        PrimaryMtu = primaryMtu;
        _logger = logger;
        _reaperConnection = RtNetlink.Open();
        _reaper = new LinkReaper(_reaperConnection, time);
    }

    public AddressSet HostAddresses => new(_facts.IPv4, _facts.IPv6);

    public int PrimaryMtu { get; }

    /// <summary>Reads what the node is from its kernel.</summary>
    internal static NodeNetwork Open(TimeProvider time, ILogger<NodeNetwork> logger)
    {
        using var target = PlanTarget.Open();
        var facts = NodeFactsReader.Read(target);
        var mtu = facts.PrimaryLink is { } name ? target.Node.Links.Get(name).Mtu : null;
        return new NodeNetwork(facts, (int)(mtu ?? PodNetworkRequest.DefaultMtu), time, logger);
    }

    public void PrepareNode(int podMtu)
    {
        _podMtu = podMtu;
        using var target = PlanTarget.Open();
        new PlanApplier(target).Apply(NodePlanner.PlanNode(_facts));
    }

    public async ValueTask<bool> AppearedAsync(LeaseEni eni, CancellationToken cancellationToken)
    {
        try
        {
            await EniArrival.WaitAsync(MacOf(eni), cancellationToken);
            return true;
        }
        catch (NetlinkException e)
        {
            throw new IOException($"The link of ENI {eni.Id} cannot be waited for: {e.Message}", e);
        }
    }

    public async ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken)
    {
        try
        {
            var link = await EniArrival.WaitAsync(MacOf(eni), cancellationToken);
            using var target = PlanTarget.Open();
            new PlanApplier(target).Apply(NodePlanner.PlanEni(NetworkOf(eni, link), _facts), cancellationToken);
            _logger.EniReady(eni.Id.Value, link.Name, link.Table.Id);
        }
        catch (Exception e) when (e is DatapathException or NetlinkException)
        {
            throw new IOException($"ENI {eni.Id} cannot be prepared: {e.Message}", e);
        }
    }

    /// <summary>A link that is down loses its routes; its addresses and the link itself go with the detachment.</summary>
    public ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken)
    {
        try
        {
            using var node = RtNetlink.Open();
            if (EniLinkFinder.Find(node, MacOf(eni)) is { } link)
                node.Links.SetDown(link.Index);
            _logger.EniLeft(eni.Id.Value);
            return ValueTask.CompletedTask;
        }
        catch (NetlinkException e)
        {
            throw new IOException($"ENI {eni.Id} cannot be taken out of service: {e.Message}", e);
        }
    }

    public IReadOnlyList<ObservedAttachment> Observe()
    {
        using var node = RtNetlink.Open();
        return PodRoutes.Find(node);
    }

    public bool HasHostLink(Lease lease)
    {
        using var node = RtNetlink.Open();
        return node.Links.Find(HostLinkOf(lease)) is not null;
    }

    public bool HasNamespace(string netNsPath)
    {
        try
        {
            NetworkNamespace.Open(netNsPath).Dispose();
            return true;
        }
        catch (NetlinkException)
        {
            // Gone, or the file that a removed bind mount left behind.
            return false;
        }
    }

    public IReadOnlyList<string> RepairHostSide(Lease lease)
    {
        using var target = PlanTarget.Open();
        if (EniLinkFinder.Find(target.Node, MacOf(lease.Eni)) is not { } eni || target.Node.Links.Find(HostLinkOf(lease)) is not { } host)
            return [];
        var report = new PlanApplier(target).Apply(HostSidePlan.Of(lease, eni, host));
        return [.. report.Changes.Select(c => c.ToString())];
    }

    public IReadOnlyList<string> RepairEni(LeaseEni eni)
    {
        using var target = PlanTarget.Open();
        if (EniLinkFinder.Find(target.Node, MacOf(eni)) is not { } link)
            return [];
        var report = new PlanApplier(target).Apply(NodePlanner.PlanEni(NetworkOf(eni, link), _facts));
        return [.. report.Changes.Select(c => c.ToString())];
    }

    public IReadOnlyList<string> RemoveStaleRules(Func<IPAddress, bool> isStale)
    {
        using var node = RtNetlink.Open();
        return StaleRuleSweep.Remove(node, isOwned: isStale, isLive: static _ => false);
    }

    public void RemoveHostSide(Lease lease)
    {
        using var target = PlanTarget.Open();
        var attachment = new PodAttachment(lease.Pod.Namespace, lease.Pod.Name, lease.Attachment.IfName)
        {
            Addresses = [.. new[] { lease.IPv4, lease.IPv6 }.OfType<IPAddress>()],
        };
        new PodTeardown(target, LinkDisposal.Deferred).Remove(attachment);
        _reaper.Request();
    }

    public Task ReapLinksAsync(CancellationToken cancellationToken) => _reaper.RunAsync(_logger.LinksNotReaped, cancellationToken);

    public void RequestReaping() => _reaper.Request();

    public void Dispose() => _reaperConnection.Dispose();

    private EniNetwork NetworkOf(LeaseEni eni, EniLink link) => new(link)
    {
        Gateway4 = eni.Subnet is { } v4 ? SubnetGateway.Of(v4) : null,
        Gateway6 = eni.Subnet6 is { } v6 && _facts.IPv6 is not null ? SubnetGateway.Of(v6) : null,
        Mtu = _podMtu,
    };

    private static MacAddress MacOf(LeaseEni eni) => new(eni.Mac.GetAddressBytes());

    private static string HostLinkOf(Lease lease) => HostVethName.For(lease.Pod.Namespace, lease.Pod.Name, lease.Attachment.IfName);
}
