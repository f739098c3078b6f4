using System.Net;
using Terway.Netlink;

namespace Terway.Datapath.KernelTests;

/// <summary>A pod of the lab: its namespace, its addresses and its plan.</summary>
internal sealed record LabPod(NodeLab Lab, int Number, NetworkNamespace Netns, string NetnsName)
{
    internal IPAddress IPv4 { get; init; } = IPAddress.Parse($"10.0.0.{10 + Number}");

    internal IPAddress IPv6 { get; init; } = IPAddress.Parse($"fd00:10::{10 + Number}");

    internal string HostLink => HostVethName.For("default", $"web-{Number}", "eth0");

    internal PodNetworkRequest Request => new() { PodNamespace = "default", PodName = $"web-{Number}", IPv4 = IPv4, IPv6 = IPv6 };

    internal NetworkPlan Plan => PolicyRoutePlanner.Plan(Request, Lab.Eni);

    internal NetworkPlan PlanIPv4 => PolicyRoutePlanner.Plan(Request with { IPv6 = null }, Lab.Eni);

    internal PlanTarget Open() => PlanTarget.Open(Lab.Node, Netns);

    internal ApplyReport Add(NetworkPlan? plan = null)
    {
        using var target = Open();
        return new PlanApplier(target).Apply(plan ?? Plan);
    }

    internal void Delete(LinkDisposal disposal = LinkDisposal.Immediate)
    {
        using var target = Open();
        new PodTeardown(target, disposal).Remove(Plan);
    }
}
