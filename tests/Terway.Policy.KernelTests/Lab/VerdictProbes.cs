using System.Net;
using Terway.Policy.Calculation;

namespace Terway.Policy.KernelTests;

/// <summary>Sends random packets through a node that enforces random policies, and holds what the kernel does against the evaluator.</summary>
internal static class VerdictProbes
{
    private const int PacketsPerEndpoint = 30;
    private const byte EchoRequestV6 = 128;

    /// <summary>Passes the node in both families whatever the policies are, for it is no pod's.</summary>
    private static readonly Packet Unhindered = new() { Source = IPAddress.Parse("203.0.113.1"), Destination = IPAddress.Parse("203.0.113.2"), Protocol = IpProtocol.Udp, DestinationPort = 9 };

    /// <summary>Has each seed's policies enforced and its packets sent.</summary>
    /// <param name="seeds">The seeds of the clusters.</param>
    /// <param name="enforce">Brings the policies into the lab's node, which enforces those of the seed before, and tells what was loaded.</param>
    public static void Compare(IEnumerable<int> seeds, Func<ProbeLab, IReadOnlyList<PolicyEvent>, string> enforce)
    {
        using ProbeLab lab = new(Enumerable.Range(0, 10).Select(LinkOf));
        int verdicts = 0;
        int allowed = 0;
        foreach (int seed in seeds)
        {
            RandomCluster random = new(seed);
            List<Resource> state = Unshared(random.State());
            PolicyCalculator calculator = new(RandomCluster.Node);
            state.ForEach(calculator.Apply);
            IReadOnlyList<PolicyEvent> events = calculator.Flush();
            string ruleset = enforce(lab, events);
            List<LocalEndpoint> endpoints = [.. events.OfType<EndpointUpdated>().Select(e => e.Endpoint)];
            endpoints.ForEach(e => lab.AddPod(e.InterfaceName, e.Addresses));
            List<(string Link, Packet Packet)> probes = Probes(random, endpoints);

            List<string?> seen = lab.Wire.Send(probes, Unhindered);

            PolicyEvaluator evaluator = new(state);
            for (int i = 0; i < probes.Count; i++)
            {
                bool isAllowed = IsAllowed(evaluator, endpoints, probes[i].Packet);
                if (isAllowed != seen[i] is not null)
                {
                    Assert.Fail($"seed {seed}, {probes[i]}: evaluator {evaluator.Evaluate(probes[i].Packet)}; kernel {seen[i]}\n{ruleset}");
                }

                verdicts++;
                allowed += isAllowed ? 1 : 0;
            }

            lab.ForgetPods();
        }

        verdicts.Should().BeGreaterThan(3_000);
        allowed.Should().BeInRange(verdicts / 10, verdicts * 9 / 10, "both verdicts are tried often");
    }

    private static List<(string Link, Packet Packet)> Probes(RandomCluster random, List<LocalEndpoint> endpoints)
    {
        Dictionary<IPAddress, string> links = endpoints.SelectMany(e => e.Addresses.Select(a => (a, e.InterfaceName))).ToDictionary();
        HashSet<(IPAddress, IPAddress, IpProtocol, ushort, ushort)> sent = [];
        List<(string Link, Packet Packet)> probes = [];
        foreach (LocalEndpoint endpoint in endpoints)
        {
            for (int i = 0; i < PacketsPerEndpoint; i++)
            {
                IPAddress own = endpoint.Addresses[i / 2 % endpoint.Addresses.Count];
                Packet packet = Trackable(i % 2 == 0 ? random.PacketTo(own) : random.PacketFrom(own));
                bool isReply = sent.Contains((packet.Destination, packet.Source, packet.Protocol, packet.DestinationPort, packet.SourcePort));
                if (!isReply && !packet.Source.Equals(packet.Destination))
                {
                    sent.Add((packet.Source, packet.Destination, packet.Protocol, packet.SourcePort, packet.DestinationPort));
                    probes.Add((links.GetValueOrDefault(packet.Source, ProbeLab.Uplink), packet));
                }
            }
        }

        return probes;
    }

    /// <summary>Connection tracking takes only requests for the first packet of a connection, and an error only with what it is about.</summary>
    private static Packet Trackable(Packet packet) => packet switch
    {
        { Icmp: { } icmp } when packet.Protocol == IpProtocol.Icmp => packet with { Icmp = new IcmpMatch(8, icmp.Code) },
        { Icmp: { } icmp } => packet with { Icmp = new IcmpMatch(EchoRequestV6, icmp.Code) },
        _ => packet,
    };

    private static bool IsAllowed(PolicyEvaluator evaluator, List<LocalEndpoint> endpoints, Packet packet) =>
        (endpoints.Find(e => e.Addresses.Contains(packet.Source)) is not { } from || evaluator.Evaluate(from.Pod, PolicyDirections.Egress, packet).IsAllowed)
        && (endpoints.Find(e => e.Addresses.Contains(packet.Destination)) is not { } to || evaluator.Evaluate(to.Pod, PolicyDirections.Ingress, packet).IsAllowed);

    private static List<Resource> Unshared(List<Resource> state)
    {
        HashSet<IPAddress> taken = [];
        return [.. state.Where(r => r is not Pod pod || pod.Addresses.All(taken.Add))];
    }

    private static string LinkOf(int pod) => PodLinks.NameOf("xyz"[pod % 3].ToString(), $"pod{pod}");
}
