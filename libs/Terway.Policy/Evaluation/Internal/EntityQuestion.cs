using System.Net;

namespace Terway.Policy.Internal;

/// <summary>Whether one end of a packet is what a rule's entity states.</summary>
internal readonly struct EntityQuestion(CalicoEntity entity, string? policyNamespace)
{
    /// <summary>Whether only known addresses can match. An entity of blocks alone stays open also in a namespaced policy.</summary>
    private bool SelectsKnown => entity.Selector is not null || entity.NamespaceSelector is not null
        || !entity.ServiceAccountNames.IsEmpty || entity.ServiceAccountSelector is not null
        || (policyNamespace is not null && entity.NotSelector is not null);

    internal bool Matches(IPAddress address, IpProtocol protocol, ushort port, ClusterView cluster)
    {
        if (!MatchesNets(address))
            return false;
        var self = this;
        var notSelector = entity.NotSelector;
        var known = cluster.At(address).ToList();
        var selected = SelectsKnown ? known.Where(self.IsSelected).ToList() : known;
        if (SelectsKnown ? selected.Count == 0 : notSelector is not null && known.Any(notSelector.Matches))
            return false;
        return (entity.Ports.IsEmpty || entity.Ports.Any(p => IsPort(p, protocol, port, selected)))
            && !entity.NotPorts.Any(p => IsPort(p, protocol, port, selected));
    }

    private bool MatchesNets(IPAddress address)
    {
        var version = address.Version();
        return (entity.Nets.IsEmpty || entity.Nets.Any(n => n.Contains(address)))
            && (entity.NotNets.IsEmpty || entity.NotNets.Any(n => n.Version() == version))
            && !entity.NotNets.Any(n => n.Contains(address));
    }

    private bool IsSelected(Peer peer)
    {
        var isInNamespace = entity.NamespaceSelector is { } namespaces
            ? namespaces.Matches(peer.NamespaceView)
            : policyNamespace is null || peer.NamespaceName == policyNamespace;
        return isInNamespace
            && (entity.Selector?.Matches(peer) ?? true)
            && (entity.ServiceAccountNames.IsEmpty || (peer.Pod?.ServiceAccount is { } name && entity.ServiceAccountNames.Contains(name)))
            && (entity.ServiceAccountSelector?.Matches(peer.AccountView) ?? true)
            && !(entity.NotSelector?.Matches(peer) ?? false);
    }

    private static bool IsPort(PortMatch wanted, IpProtocol protocol, ushort port, List<Peer> peers) => wanted.Range is { } range
        ? protocol.HasPorts && range.Contains(port)
        : peers.Any(p => p.Pod is { } pod && pod.Ports.Contains(new(wanted.Name!, protocol, port)));
}
