using System.Net;
using Terway.Policy.Calculation;

namespace Terway.Policy.Nftables;

public sealed class NftablesDifferentialTests
{
    private const int PacketsPerEndpoint = 80;

    [Fact]
    public void The_ruleset_and_the_evaluator_give_the_same_verdict()
    {
        int verdicts = 0;
        int allowed = 0;
        for (int seed = 2000; seed < 2400; seed++)
        {
            RandomCluster random = new(seed);
            List<Resource> state = random.State();
            PolicyEvaluator evaluator = new(state);
            List<LocalEndpoint> endpoints = [];
            RulesetInterpreter kernel = new(Render(state, endpoints));
            foreach (LocalEndpoint endpoint in endpoints)
            {
                for (int i = 0; i < PacketsPerEndpoint; i++)
                {
                    IPAddress own = endpoint.Addresses[i % endpoint.Addresses.Count];
                    PolicyDirections direction = i % 4 < 2 ? PolicyDirections.Ingress : PolicyDirections.Egress;
                    Packet packet = direction is PolicyDirections.Ingress ? random.PacketTo(own) : random.PacketFrom(own);
                    DirectionVerdict verdict = evaluator.Evaluate(endpoint.Pod, direction, packet);

                    PacketTrace trace = kernel.Run(HookPoint.Forward, Filtered(packet, endpoint, direction));

                    if (trace.IsDropped == verdict.IsAllowed || trace.Mark != 0)
                    {
                        Assert.Fail($"seed {seed}, {packet}: evaluator {verdict}; ruleset {trace}\n{Render(state, [])}");
                    }

                    verdicts++;
                    allowed += verdict.IsAllowed ? 1 : 0;
                }
            }
        }

        verdicts.Should().BeGreaterThan(100_000);
        allowed.Should().BeInRange(verdicts / 10, verdicts * 9 / 10, "both verdicts are tried often");
    }

    [Fact]
    public void A_packet_between_two_pods_of_the_node_needs_both_to_allow_it()
    {
        int verdicts = 0;
        for (int seed = 3000; seed < 3300; seed++)
        {
            RandomCluster random = new(seed);
            List<Resource> state = Unshared(random.State());
            PolicyEvaluator evaluator = new(state);
            List<LocalEndpoint> endpoints = [];
            RulesetInterpreter kernel = new(Render(state, endpoints));
            foreach (LocalEndpoint from in endpoints)
            {
                foreach (LocalEndpoint to in endpoints.Where(e => e != from))
                {
                    Packet packet = random.PacketTo(to.Addresses[0]) with { Source = from.Addresses[0] };

                    PacketTrace trace = kernel.Run(HookPoint.Forward, new(packet, from.InterfaceName, to.InterfaceName));

                    trace.IsDropped.Should().Be(!evaluator.Evaluate(packet).IsAllowed, $"seed {seed}, {packet}");
                    verdicts++;
                }
            }
        }

        verdicts.Should().BeGreaterThan(1_000);
    }

    [Fact]
    public void Changes_lead_from_every_state_to_every_other_and_the_kernel_takes_each()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            RandomCluster random = new(seed);
            List<List<Resource>> states = [[], .. Enumerable.Range(0, 4).Select(_ => random.State())];
            List<string> expected = [.. states.Select(s => Render(s, []).ToString())];
            StrictKernel kernel = new();
            NftablesRenderer renderer = new();
            PolicyCalculator calculator = new(RandomCluster.Node);
            Dictionary<ResourceKey, Resource> there = [];
            foreach (int to in Enumerable.Range(0, 5).SelectMany(a => Enumerable.Range(0, 5).SelectMany(b => new[] { a, b })))
            {
                foreach (Resource gone in random.Shuffle(there.Values.Where(r => states[to].TrueForAll(s => s.Key != r.Key))))
                {
                    there.Remove(gone.Key);
                    calculator.Remove(gone.Key);
                }

                foreach (Resource come in random.Shuffle(states[to]))
                {
                    there[come.Key] = come;
                    calculator.Apply(come);
                    if (random.Chance(10))
                    {
                        kernel.Apply(renderer.Apply(calculator.Flush()));
                    }
                }

                kernel.Apply(renderer.Apply(calculator.Flush()));

                renderer.Ruleset.ToString().Should().Be(expected[to], $"seed {seed}");
                kernel.ShouldEqual(renderer.Ruleset);
            }
        }
    }

    private static FilteredPacket Filtered(Packet packet, LocalEndpoint endpoint, PolicyDirections direction) => direction is PolicyDirections.Ingress
        ? new(packet, "eth0", endpoint.InterfaceName)
        : new(packet, endpoint.InterfaceName, "eth0");

    private static Ruleset Render(List<Resource> state, List<LocalEndpoint> endpoints)
    {
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        IReadOnlyList<PolicyEvent> events = calculator.Flush();
        endpoints.AddRange(events.OfType<EndpointUpdated>().Select(e => e.Endpoint));
        NftablesRenderer renderer = new();
        renderer.Apply(events);
        return renderer.Ruleset;
    }

    /// <summary>Without pods that share an address, for which the evaluator has to choose one.</summary>
    private static List<Resource> Unshared(List<Resource> state)
    {
        HashSet<IPAddress> taken = [];
        return [.. state.Where(r => r is not Pod pod || pod.Addresses.All(taken.Add))];
    }
}
