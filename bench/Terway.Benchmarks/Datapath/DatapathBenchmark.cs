using System.Diagnostics;
using System.Net;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.Benchmarks.Datapath;

/// <summary>What making and taking away a pod costs in the kernel, in one process: the numbers behind docs/adr/0004.</summary>
internal static class DatapathBenchmark
{
    private const int Warmup = 10;
    private const int Rounds = 60;

    private static readonly MacAddress EniMac = MacAddress.Parse("00:16:3e:00:00:11");

    internal static void Run(BenchReport report)
    {
        using var node = NetworkNamespace.Create();
        using var connection = RtNetlink.Open(node);
        connection.Links.SetUp(IfIndex.Loopback);
        connection.Links.Add(new LinkMessage { Name = "eth1", Mac = EniMac, Kind = new VethKind { Peer = new LinkMessage { Name = "fabric" } } });
        using var target = PlanTarget.Open(node, pod: null);
        var facts = new NodeFacts { IPv4 = IPAddress.Parse("10.0.0.2") };
        var eni = EniLinkFinder.Find(connection, EniMac)!;
        new PlanApplier(target).Apply(NodePlanner.PlanNode(facts));
        new PlanApplier(target).Apply(NodePlanner.PlanEni(new EniNetwork(eni) { Gateway4 = IPAddress.Parse("10.0.0.253") }, facts));

        var alone = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var others in new[] { 0, 250 })
        {
            var background = Enumerable.Range(1000, others).Select(number => new Pod(node, eni, number)).ToList();
            background.ForEach(pod => pod.Add());
            var medians = new Dictionary<string, double>(StringComparer.Ordinal);
            medians["ADD (plan, open, apply)"] = Measure(node, eni, pod => pod.Add(), after: pod => pod.Delete(LinkDisposal.Immediate));
            medians["ADD again (nothing to do)"] = Measure(node, eni, pod => pod.Add(), before: pod => pod.Add(), after: pod => pod.Delete(LinkDisposal.Immediate));
            medians["CHECK"] = Measure(node, eni, pod => pod.Check(), before: pod => pod.Add(), after: pod => pod.Delete(LinkDisposal.Immediate));
            medians["find the ENI"] = Measure(node, eni, _ => EniLinkFinder.Find(connection, EniMac));
            medians["DEL, immediate"] = Measure(node, eni, pod => pod.Delete(LinkDisposal.Immediate), before: pod => pod.Add());
            medians["DEL, deferred"] = Measure(node, eni, pod => pod.Delete(LinkDisposal.Deferred), before: pod => pod.Add(), after: _ => LinkReaper.Reap(connection));
            medians["DEL, moving the pod's end to the node"] = Measure(node, eni, pod => pod.MoveOut(), before: pod => pod.Add(), after: pod => pod.Delete(LinkDisposal.Immediate));
            background.ForEach(pod => pod.Delete(LinkDisposal.Deferred));
            var reaped = Stopwatch.GetTimestamp();
            if (LinkReaper.Reap(connection))
                report.Add($"reap {others} pairs at once", Stopwatch.GetElapsedTime(reaped).TotalMicroseconds, "us");
            background.ForEach(pod => pod.Dispose());
            foreach (var (step, median) in medians)
                report.Add($"{step}, {others} other pods", median, "us", others == 0 ? null : "alone", others == 0 ? null : alone[step]);
            alone = others == 0 ? medians : alone;
        }
    }

    private static double Measure(NetworkNamespace node, EniLink eni, Action<Pod> work, Action<Pod>? before = null, Action<Pod>? after = null)
    {
        var times = new List<double>();
        for (var round = 0; round < Warmup + Rounds; round++)
        {
            using var pod = new Pod(node, eni, 1);
            before?.Invoke(pod);
            var start = Stopwatch.GetTimestamp();
            work(pod);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            after?.Invoke(pod);
            if (round >= Warmup)
                times.Add(elapsed);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private sealed class Pod(NetworkNamespace node, EniLink eni, int number) : IDisposable
    {
        private readonly NetworkNamespace _netns = NetworkNamespace.Create();

        private NetworkPlan Plan => PolicyRoutePlanner.Plan(
            new PodNetworkRequest { PodNamespace = "default", PodName = $"web-{number}", IPv4 = new IPAddress([10, 0, (byte)(number / 250), (byte)(number % 250)]) }, eni);

        internal void Add()
        {
            using var target = PlanTarget.Open(node, _netns);
            new PlanApplier(target).Apply(Plan);
        }

        internal void Check()
        {
            using var target = PlanTarget.Open(node, _netns);
            PlanChecker.Check(Plan, target);
        }

        internal void Delete(LinkDisposal disposal)
        {
            using var target = PlanTarget.Open(node, _netns);
            new PodTeardown(target, disposal).Remove(Plan);
        }

        internal void MoveOut()
        {
            using var pod = RtNetlink.Open(_netns);
            var link = pod.Links.Get("eth0");
            pod.Links.Change(new LinkMessage { Index = link.Index, Namespace = node, Name = "moved", Group = OwnedObjects.RetiredLinkGroup });
        }

        public void Dispose() => _netns.Dispose();
    }
}
