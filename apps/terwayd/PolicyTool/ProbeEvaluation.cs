using System.Net;
using System.Net.Sockets;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terwayd.PolicyTool;

/// <summary>Turns probes into packets and asks the evaluator about them.</summary>
internal sealed class ProbeEvaluation(AssumedCluster cluster)
{
    /// <summary>The first of the ports that clients get; only rules about source ports look at it.</summary>
    private const ushort ClientPort = 49152;

    private const byte EchoRequest = 8;
    private const byte EchoRequestV6 = 128;

    private readonly ProbeNames _names = new(cluster);
    private readonly PolicyEvaluator _evaluator = new(cluster.Resources);

    /// <summary>Answers all probes, or tells all that is wrong with them.</summary>
    internal IReadOnlyList<ProbeAnswer> Answer(IReadOnlyList<PolicyProbe> probes)
    {
        List<ProbeAnswer> answers = [];
        List<string> errors = [];
        foreach (var (i, probe) in probes.Index())
        {
            if (PacketOf(probe, out var reason) is { } packet)
                answers.Add(new(probe, packet, _evaluator.Evaluate(packet)));
            else
                errors.Add($"probe {i} ({probe.From} to {probe.To}): {reason}");
        }

        return errors.Count == 0 ? answers : throw new TerwaydException(DaemonErrors.ProbesInvalid, string.Join('\n', errors), "correct the probes, or add what they name to the manifests");
    }

    private Packet? PacketOf(PolicyProbe probe, out string? reason)
    {
        if (_names.Find(probe.From, out reason) is not { } from || _names.Find(probe.To, out reason) is not { } to)
            return null;
        if (!IpProtocol.TryParse(probe.Protocol.ToUpperInvariant() is "ICMPV6" ? "ICMPv6" : probe.Protocol.ToUpperInvariant(), out var protocol))
            reason = $"'{probe.Protocol}' is no protocol: write TCP, UDP, SCTP, ICMP or a number";
        else if (Addresses(from, to, protocol) is not { } pair)
            reason = "the two have no address of the same version of IP";
        else if (FindPort(probe, protocol, to, out reason) is { } port)
            return Packet(pair, protocol, port, from);
        return null;
    }

    private static Packet Packet((IPAddress From, IPAddress To) pair, IpProtocol protocol, ushort port, ProbeEnd from)
    {
        var isV6 = pair.To.AddressFamily is AddressFamily.InterNetworkV6;
        var isEcho = protocol == IpProtocol.Icmp || protocol == IpProtocol.IcmpV6;
        return new()
        {
            Source = pair.From,
            Destination = pair.To,
            Protocol = isEcho ? isV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp : protocol,
            SourcePort = protocol.HasPorts ? ClientPort : (ushort)0,
            DestinationPort = port,
            Icmp = isEcho ? new IcmpMatch(isV6 ? EchoRequestV6 : EchoRequest, 0) : null,
            FromNode = from.Node,
        };
    }

    /// <summary>The first pair of the same version, IPv4 before IPv6; ICMPv6 has no choice.</summary>
    private static (IPAddress From, IPAddress To)? Addresses(ProbeEnd from, ProbeEnd to, IpProtocol protocol)
    {
        AddressFamily[] families = protocol == IpProtocol.IcmpV6 ? [AddressFamily.InterNetworkV6] : [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];
        foreach (var family in families)
        {
            if (from.Addresses.FirstOrDefault(a => a.AddressFamily == family) is { } source && to.Addresses.FirstOrDefault(a => a.AddressFamily == family) is { } destination)
                return (source, destination);
        }

        return null;
    }

    private static ushort? FindPort(PolicyProbe probe, IpProtocol protocol, ProbeEnd to, out string? reason)
    {
        reason = null;
        if (!protocol.HasPorts)
            return 0;
        if (ushort.TryParse(probe.Port, out var number) && number > 0)
            return number;
        var named = to.Pod?.Ports.Where(p => p.Name == probe.Port && p.Protocol == protocol).Select(p => (ushort?)p.Number).Min();
        if (named is null)
        {
            reason = probe.Port is null
                ? $"{protocol} needs a port"
                : $"'{probe.Port}' is neither a port from 1 to 65535 nor the name of a {protocol} port of {to.Name}";
        }

        return named;
    }
}
