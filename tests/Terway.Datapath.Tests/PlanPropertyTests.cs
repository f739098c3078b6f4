using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Terway.Netlink;

namespace Terway.Datapath.Tests;

public class PlanPropertyTests
{
    private static readonly EniLink Eni = new("eth1", new IfIndex(3), MacAddress.Parse("00:16:3e:04:d3:0d"));

    [Fact]
    public void Every_pod_has_a_host_link_that_the_kernel_takes() => Check.QuickThrowOnFailure(
        Prop.ForAll<NonEmptyString, NonEmptyString>((podNamespace, pod) =>
        {
            var name = HostVethName.For(podNamespace.Get, pod.Get, "eth0");
            return InterfaceName.IsValid(name) && name.Length == InterfaceName.MaxLength && name.StartsWith("cali", StringComparison.Ordinal);
        }));

    [Fact]
    public void Every_planned_object_stands_on_a_planned_link_and_every_rule_is_of_the_pods_own_address() => Check.QuickThrowOnFailure(
        Prop.ForAll<uint, ulong, byte>((address4, address6, families) =>
        {
            var plan = PolicyRoutePlanner.Plan(RequestFor(address4, address6, families), Eni);

            return IsClosed(plan.Node) && IsClosed(plan.Pod)
                && plan.Node.Rules.All(rule => plan.Pod.Addresses.Any(a => a.Address.Network == (rule.Source ?? rule.Destination)))
                && plan.Node.Rules.Length == 2 * plan.Pod.Addresses.Length
                && plan.Node.Routes.Length == plan.Pod.Addresses.Length;
        }));

    private static bool IsClosed(NamespacePlan plan)
    {
        var links = plan.Links.Select(link => link.Name).ToHashSet(StringComparer.Ordinal);
        return plan.Addresses.All(address => links.Contains(address.Device))
            && plan.Neighbours.All(neighbour => links.Contains(neighbour.Device))
            && plan.Routes.All(route => links.Contains(route.Device));
    }

    private static PodNetworkRequest RequestFor(uint address4, ulong address6, byte families) => new()
    {
        PodNamespace = "default",
        PodName = $"web-{address4}",
        IPv4 = families % 3 != 1 ? new IPAddress([10, .. BitConverter.GetBytes(address4).AsSpan(1)]) : null,
        IPv6 = families % 3 != 0 ? new IPAddress([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, .. BitConverter.GetBytes(address6)]) : null,
    };
}
