using System.Diagnostics;
using System.Net;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.Benchmarks.Datapath;

/// <summary>
/// What making and taking away a pod costs in the kernel, in one process: the numbers behind docs/adr/0004.
/// Each step is measured on an empty node and on a full one, whose ratio says whether its cost grows with the pods.
/// </summary>
internal static class DatapathBenchmark
{
    private const int Warmup = 10;
    private const int Rounds = 60;
    private const int OtherPods = 250;

    private static readonly MacAddress EniMac = MacAddress.Parse("00:16:3e:00:00:11");

    internal static void Run(BenchReport report)
    {
        using var node = NetworkNamespace.Create();
        using var connection = RtNetlink.Open(node);
        var eni = PrepareNode(node, connection);

        var alone = MeasureSteps(node, eni, connection);
        var others = Enumerable.Range(1000, OtherPods).Select(number => new BenchPod(node, eni, number)).ToList();
        others.ForEach(pod => pod.Add());
        var among = MeasureSteps(node, eni, connection);
        others.ForEach(pod => pod.Delete(LinkDisposal.Deferred));
        LinkReaper.Reap(connection);
        others.ForEach(pod => pod.Dispose());

        foreach (var (step, time) in alone)
            report.Add(step, time, "us");
        foreach (var (step, time) in among)
            report.Add($"{step}, among {OtherPods} pods", time, "us", "alone", alone.Single(a => a.Step == step).Time);
        foreach (var pairs in new[] { 1, 16, 64, OtherPods })
            MeasureReaping(report, node, eni, connection, pairs);
    }

    private static EniLink PrepareNode(NetworkNamespace node, RtNetlink connection)
    {
        connection.Links.SetUp(IfIndex.Loopback);
        connection.Links.Add(new LinkMessage { Name = "eth1", Mac = EniMac, Kind = new VethKind { Peer = new LinkMessage { Name = "fabric" } } });
        using var target = PlanTarget.Open(node, pod: null);
        var facts = new NodeFacts { IPv4 = IPAddress.Parse("10.0.0.2") };
        var eni = EniLinkFinder.Find(connection, EniMac)!;
        new PlanApplier(target).Apply(NodePlanner.PlanNode(facts));
        new PlanApplier(target).Apply(NodePlanner.PlanEni(new EniNetwork(eni) { Gateway4 = IPAddress.Parse("10.0.0.253") }, facts));
        return eni;
    }

    private static List<(string Step, double Time)> MeasureSteps(NetworkNamespace node, EniLink eni, RtNetlink connection)
    {
        void Nothing(BenchPod pod)
        {
        }
        void Add(BenchPod pod) => pod.Add();
        void Delete(BenchPod pod) => pod.Delete(LinkDisposal.Immediate);
        void Retire(BenchPod pod) => pod.Delete(LinkDisposal.Deferred);
        void Reap(BenchPod pod)
        {
            pod.Delete(LinkDisposal.Immediate);
            LinkReaper.Reap(connection);
        }
        double Time(Action<BenchPod> before, Action<BenchPod> work, Action<BenchPod> after) => Median(node, eni, before, work, after);
        return
        [
            ("ADD: plan, open, apply", Time(Nothing, Add, Delete)),
            ("ADD again, nothing to do", Time(Add, Add, Delete)),
            ("CHECK", Time(Add, pod => pod.Check(), Delete)),
            ("find the ENI", Time(Nothing, _ => EniLinkFinder.Find(connection, EniMac), Nothing)),
            ("DEL, immediate", Time(Add, Delete, Nothing)),
            ("DEL, deferred", Time(Add, Retire, Reap)),
            ("DEL, moving the pod's end to the node", Time(Add, pod => pod.MoveOut(), Reap)),
        ];
    }

    private static double Median(NetworkNamespace node, EniLink eni, Action<BenchPod> before, Action<BenchPod> work, Action<BenchPod> after)
    {
        var times = new List<double>();
        for (var round = 0; round < Warmup + Rounds; round++)
        {
            using var pod = new BenchPod(node, eni, 1);
            before(pod);
            var start = Stopwatch.GetTimestamp();
            work(pod);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            after(pod);
            if (round >= Warmup)
                times.Add(elapsed);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>How long a group takes to go, and how long meanwhile the longest other request waits for the kernel's lock.</summary>
    private static void MeasureReaping(BenchReport report, NetworkNamespace node, EniLink eni, RtNetlink connection, int pairs)
    {
        var pods = Enumerable.Range(1000, pairs).Select(number => new BenchPod(node, eni, number)).ToList();
        pods.ForEach(pod => pod.Add());
        pods.ForEach(pod => pod.Delete(LinkDisposal.Deferred));
        using var other = RtNetlink.Open(node);
        var longest = TimeSpan.Zero;
        var start = Stopwatch.GetTimestamp();
        var reaping = new Thread(() => LinkReaper.Reap(connection));
        reaping.Start();
        while (reaping.IsAlive)
        {
            var asked = Stopwatch.GetTimestamp();
            other.Links.SetUp(IfIndex.Loopback);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
        }
        report.Add($"reap {pairs} pairs at once", Stopwatch.GetElapsedTime(start).TotalMicroseconds, "us");
        report.Add($"reap {pairs} pairs: longest wait of another request", longest.TotalMicroseconds, "us");
        pods.ForEach(pod => pod.Dispose());
    }
}
