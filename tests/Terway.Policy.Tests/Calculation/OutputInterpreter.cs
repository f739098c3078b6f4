using System.Net;
using System.Net.Sockets;

namespace Terway.Policy.Calculation;

/// <summary>Does with a packet what a dataplane does that renders the calculated output.</summary>
internal sealed class OutputInterpreter(NodeState state)
{
    public (bool IsAllowed, ResourceKey? Policy, int? Rule) Decide(ResourceKey pod, PolicyDirections direction, Packet packet)
    {
        LocalEndpoint endpoint = state.Endpoints[pod];
        foreach (EndpointTier tier in endpoint.Tiers)
        {
            EquatableArray<ResourceKey> policies = direction is PolicyDirections.Ingress ? tier.Ingress : tier.Egress;
            if (policies.IsEmpty)
            {
                continue;
            }

            (ResourceKey Policy, ActiveRule Rule)? found = policies
                .SelectMany(k => Rules(k, direction).Select(r => ((ResourceKey, ActiveRule)?)(k, r)))
                .FirstOrDefault(r => r!.Value.Item2.Action is not RuleAction.Log && Matches(r.Value.Item2, packet));
            RuleAction action = found?.Rule.Action ?? tier.DefaultAction;
            if (action is not RuleAction.Pass)
            {
                return (action is RuleAction.Allow, found?.Policy, found?.Rule.Index);
            }
        }

        RuleAction? byProfile = endpoint.Profiles.Select(p => state.Profiles[p].Action).FirstOrDefault(a => a is not null);
        return (byProfile is RuleAction.Allow, null, null);
    }

    private EquatableArray<ActiveRule> Rules(ResourceKey policy, PolicyDirections direction) =>
        direction is PolicyDirections.Ingress ? state.Policies[policy].Ingress : state.Policies[policy].Egress;

    private bool Matches(ActiveRule rule, Packet packet)
    {
        bool isV4 = packet.Source.AddressFamily is AddressFamily.InterNetwork;
        return (rule.IpVersion is null || rule.IpVersion is IpVersion.V4 == isV4)
            && (rule.Protocol is null || rule.Protocol == packet.Protocol)
            && (rule.NotProtocol is null || rule.NotProtocol != packet.Protocol)
            && (rule.Icmp is null || IsIcmp(rule.Icmp.Value, packet))
            && (rule.NotIcmp is null || !IsIcmp(rule.NotIcmp.Value, packet))
            && Matches(rule.Source, packet.Source, packet.SourcePort, packet)
            && Matches(rule.Destination, packet.Destination, packet.DestinationPort, packet);
    }

    private bool Matches(ActiveEntity entity, IPAddress address, ushort port, Packet packet)
    {
        bool hasPorts = packet.Protocol.HasPorts;
        bool statesPorts = !entity.Ports.IsEmpty || !entity.PortSets.IsEmpty;
        return (entity.Nets.IsEmpty || entity.Nets.Any(n => n.Contains(address)))
            && (entity.NotNets.IsEmpty || entity.NotNets.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily))
            && !entity.NotNets.Any(n => n.Contains(address))
            && (entity.Set is null || Holds(entity.Set, address))
            && (entity.NotSet is null || !Holds(entity.NotSet, address))
            && (!statesPorts || (hasPorts && entity.Ports.Any(p => p.Contains(port))) || entity.PortSets.Any(s => Holds(s, address, packet.Protocol, port)))
            && !(hasPorts && entity.NotPorts.Any(p => p.Contains(port)))
            && !entity.NotPortSets.Any(s => Holds(s, address, packet.Protocol, port));
    }

    private bool Holds(string set, IPAddress address) => state.Sets[set].Any(m => m.Protocol is null && m.Network.Contains(address));

    private bool Holds(string set, IPAddress address, IpProtocol protocol, ushort port) =>
        state.Sets[set].Any(m => m.Protocol == protocol && m.Port == port && m.Network.Contains(address));

    private static bool IsIcmp(IcmpMatch wanted, Packet packet) =>
        packet.Icmp is { } icmp && icmp.Type == wanted.Type && (wanted.Code is null || wanted.Code == icmp.Code);
}
