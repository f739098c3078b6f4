using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Terway.Netlink;
using Terway.Policy;
using Terway.Policy.Dataplane.Nftables;

namespace Terway.Benchmarks.Policy;

/// <summary>What network policy costs: calculating, rendering, and bringing it into a kernel in a namespace of its own.</summary>
internal static class PolicyBenchmark
{
    private const int Changes = 400;

    internal static void Run(BenchReport report)
    {
        Console.WriteLine($"median of {Changes} changes; \"in force\" is from the object to the kernel's answer");
        // Warms up what a long-running daemon has warm.
        Start(new BenchReport("warm-up"), new(20, 400, 50, 40), "");
        Start(report, new(500, 10_000, 256, 10_000), "10,000 policies, 10,000 pods, 256 local: ");
        MemberOfLargeSet(report, 1_000, "1,000");
        MemberOfLargeSet(report, 100_000, "100,000");
        PodsAndPolicies(report);
    }

    private static void Start(BenchReport report, PolicyWorld world, string what)
    {
        using var node = NetworkNamespace.Create();
        List<Resource> resources = [.. world.Resources];
        PolicyCalculator calculator = new(PolicyWorld.Node);
        ImmutableArray<PolicyEvent> events = [];
        var calculated = Sample.Of(() =>
        {
            resources.ForEach(calculator.Apply);
            events = calculator.Flush();
        });
        var first = 0;
        var again = 0;
        Sample programmed;
        using (var backend = NftablesBackend.Open(node))
            programmed = Sample.Of(() => first = backend.Apply(events).Modifications);
        using var restarted = NftablesBackend.Open(node);
        var restart = Sample.Of(() => again = restarted.Apply(events).Modifications);
        report.Add($"{what}calculated", calculated.Milliseconds, "ms");
        report.Add($"{what}allocated by it", calculated.Bytes / (1 << 20), "MiB");
        report.Add($"{what}rendered, programmed and read back", programmed.Milliseconds, "ms");
        report.Add($"{what}changes that the kernel made", first, "");
        report.Add($"{what}restart with the same state", restart.Milliseconds, "ms");
        report.Add($"{what}changes that a restart makes", again, "");
    }

    /// <summary>A pod elsewhere comes into a set of so many members, and goes.</summary>
    private static void MemberOfLargeSet(BenchReport report, int members, string what)
    {
        using var node = NetworkNamespace.Create();
        using var backend = NftablesBackend.Open(node);
        PolicyWorld world = new(1, members, 1, 0);
        PolicyCalculator calculator = new(PolicyWorld.Node);
        foreach (var resource in world.Resources)
            calculator.Apply(resource);
        calculator.Apply(new KubernetesNetworkPolicy
        {
            Name = "clients",
            Namespace = "ns0",
            Ingress = [new() { Peers = [new() { PodSelector = new() { MatchLabels = LabelSet.Of(("role", "client")) } }] }],
        });
        backend.Apply(calculator.Flush());
        var client = world.Pod(members + 1, isLocal: false);
        var stranger = client with { Name = "stranger", Labels = LabelSet.Empty };
        var selected = Calculate(calculator, client);
        var ignored = Calculate(calculator, stranger);
        report.Add($"remote pod in a set of {what}: calculated", selected.Milliseconds * 1000, "us");
        report.Add($"remote pod in a set of {what}: garbage of it", selected.Bytes, "B");
        report.Add($"remote pod that matters to nobody among {what}: calculated", ignored.Milliseconds * 1000, "us");
        report.Add($"remote pod in a set of {what}: in force", InForce(backend, calculator, client).Milliseconds * 1000, "us");
    }

    private static Sample Calculate(PolicyCalculator calculator, Pod pod) => Alternate(
        () =>
        {
            calculator.Apply(pod);
            calculator.Flush();
        },
        () =>
        {
            calculator.Remove(pod.Key);
            calculator.Flush();
        });

    private static Sample InForce(NftablesBackend backend, PolicyCalculator calculator, params Resource[] resources) => Alternate(
        () =>
        {
            foreach (var resource in resources)
                calculator.Apply(resource);
            backend.Apply(calculator.Flush());
        },
        () =>
        {
            foreach (var resource in resources)
                calculator.Remove(resource.Key);
            backend.Apply(calculator.Flush());
        });

    private static void PodsAndPolicies(BenchReport report)
    {
        using var node = NetworkNamespace.Create();
        using var backend = NftablesBackend.Open(node);
        PolicyWorld world = new(25, 5_000, 250, 500);
        PolicyCalculator calculator = new(PolicyWorld.Node);
        foreach (var resource in world.Resources)
            calculator.Apply(resource);
        backend.Apply(calculator.Flush());
        var pod = world.Pod(5_000, isLocal: true);
        report.Add("new pod at 250 pods and 500 policies: in force", InForce(backend, calculator, pod).Milliseconds, "ms");
        CalicoPolicy broad = new() { Name = "broad", Selector = Selector.Parse("has(role)"), Order = 1, Ingress = [new() { Action = Terway.Policy.RuleAction.Deny, Source = new() { Nets = [IPNetwork.Parse("198.51.100.0/24")] } }] };
        report.Add("new policy that selects 250 local pods: in force", InForce(backend, calculator, broad).Milliseconds, "ms");
        report.Add("new policy that selects few: in force", InForce(backend, calculator, world.Policy(500)).Milliseconds, "ms");
    }

    /// <summary>The median of doing; undoing is not counted.</summary>
    private static Sample Alternate(Action perform, Action undo)
    {
        List<Sample> samples = [];
        for (var i = 0; i < Changes; i++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            perform();
            samples.Add(new(Stopwatch.GetElapsedTime(start).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - bytes));
            undo();
        }

        return Sample.Median(samples);
    }
}
