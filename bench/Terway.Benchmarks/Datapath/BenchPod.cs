using System.Net;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.Benchmarks.Datapath;

/// <summary>A pod in a namespace of its own. Every call opens what it needs, as a process would.</summary>
internal sealed class BenchPod(NetworkNamespace node, EniLink eni, int number) : IDisposable
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

    /// <summary>The rejected way to free the pod's namespace: one request that takes the link out of it.</summary>
    internal void MoveOut()
    {
        using var pod = RtNetlink.Open(_netns);
        var link = pod.Links.Get("eth0");
        pod.Links.Change(new LinkMessage { Index = link.Index, Namespace = node, Name = "moved", Group = OwnedObjects.RetiredLinkGroup });
    }

    public void Dispose() => _netns.Dispose();
}
